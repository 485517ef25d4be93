//! `#[members]`: turns the functions of an `impl` block into .NET members.
//!
//! Every function under `#[member("C# signature")]` gets an entry that compiled code can call, and a row in the table
//! of its type: signature, documentation, purity and code from one place.
//!
//! ```text
//! #[members("public sealed class System.String : IComparable<string>", as = STRING, ops = STRING_OPS)]
//! impl<'a> Str<'a> {
//!     /// The part of this string from `startIndex` to its end.
//!     #[member("string Substring(int startIndex)", pure)]
//!     fn substring(self, cx: &mut Cx<'a>, start_index: i32) -> Result<Str<'a>, Throw> { … }
//! }
//! ```
//!
//! gives `STRING_DEF: TypeDef` and, as the type has no type parameters, `STRING: RuntimeType`. With `group = NAME`
//! in place of `as`, only the table `NAME: &[MemberDef]` is made; the type names it in `groups = [NAME]`. With
//! `words = [Self = "int"]` the word `Self` stands for `int` in all signatures of the block, so that a macro can write
//! the members of several types at once. A function takes the receiver first (`self` or `this`), then the parameters,
//! then the type arguments; `cx` may stand anywhere.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Attribute, Error, Expr, ExprLit, FnArg, Ident, ImplItem, ItemImpl, Lit, LitStr, Meta, Pat, Result, Token, Type,
};

/// Makes .NET members of the functions in an `impl` block; see the crate's page.
#[proc_macro_attribute]
pub fn members(args: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let expanded = syn::parse(args).and_then(|head| expand(&head, syn::parse(item)?));
    expanded.unwrap_or_else(Error::into_compile_error).into()
}

/// What stands in the parentheses of `#[members(…)]`.
struct Head {
    declaration: LitStr,
    name: Option<Ident>,
    group: Option<Ident>,
    groups: Vec<syn::Path>,
    words: Vec<(Ident, LitStr)>,
    repr: Ident,
    ops: Expr,
}

impl Head {
    /// A signature with the words replaced that stand for others.
    fn signature(&self, written: &LitStr) -> LitStr {
        if self.words.is_empty() {
            return written.clone();
        }
        let text = written.value();
        let mut read = String::with_capacity(text.len());
        for part in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_') {
            let word = part.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
            match self.words.iter().find(|(name, _)| name == word) {
                Some((_, meaning)) => {
                    read.push_str(&meaning.value());
                    read.push_str(part.get(word.len()..).unwrap_or(""));
                }
                None => read.push_str(part),
            }
        }
        LitStr::new(&read, written.span())
    }
}

impl Parse for Head {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let declaration: LitStr = input.parse()?;
        let mut head = Self {
            declaration,
            name: None,
            group: None,
            groups: Vec::new(),
            words: Vec::new(),
            repr: Ident::new("Ref", Span::call_site()),
            ops: syn::parse_quote!(crate::object::REFERENCE),
        };
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let key: Ident = input.call(syn::ext::IdentExt::parse_any)?;
            input.parse::<Token![=]>()?;
            match key.to_string().as_str() {
                "as" => head.name = Some(input.parse()?),
                "group" => head.group = Some(input.parse()?),
                "groups" => {
                    let content;
                    syn::bracketed!(content in input);
                    head.groups = Punctuated::<syn::Path, Token![,]>::parse_terminated(&content)?.into_iter().collect();
                }
                "words" => {
                    let content;
                    syn::bracketed!(content in input);
                    while !content.is_empty() {
                        let word = content.call(syn::ext::IdentExt::parse_any)?;
                        content.parse::<Token![=]>()?;
                        head.words.push((word, content.parse()?));
                        content.parse::<Option<Token![,]>>()?;
                    }
                }
                "repr" => head.repr = input.parse()?,
                "ops" => head.ops = input.parse()?,
                other => return Err(Error::new(key.span(), format!("`{other}` is not known here"))),
            }
        }
        Ok(head)
    }
}

/// What stands in the parentheses of `#[member(…)]`.
struct Member {
    signature: LitStr,
    pure: bool,
    reads_message: bool,
    field: Option<syn::Member>,
    prepare: Option<(syn::LitInt, Ident, Ident)>,
}

impl Parse for Member {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let signature = input.parse()?;
        let mut member = Self { signature, pure: false, reads_message: false, field: None, prepare: None };
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let key: Ident = input.parse()?;
            match key.to_string().as_str() {
                "pure" => member.pure = true,
                "reads_message" => member.reads_message = true,
                "field" => {
                    input.parse::<Token![=]>()?;
                    member.field = Some(input.parse()?);
                }
                "prepare" => {
                    let content;
                    syn::parenthesized!(content in input);
                    let number = content.parse()?;
                    content.parse::<Token![=]>()?;
                    let preparation = content.parse()?;
                    content.parse::<Token![,]>()?;
                    member.prepare = Some((number, preparation, content.parse()?));
                }
                other => return Err(Error::new(key.span(), format!("`{other}` is not known here"))),
            }
        }
        Ok(member)
    }
}

fn expand(head: &Head, mut item: ItemImpl) -> Result<TokenStream> {
    let owner = full_name(&head.declaration)?;
    let functions: Vec<syn::ImplItemFn> =
        item.items.iter().filter_map(|item| if let ImplItem::Fn(f) = item { Some(f.clone()) } else { None }).collect();
    let mut rows = Vec::new();
    let mut kept = Vec::new();
    for mut member in item.items.drain(..) {
        let attrs = match &mut member {
            ImplItem::Fn(function) => &mut function.attrs,
            ImplItem::Const(constant) => &mut constant.attrs,
            _ => {
                kept.push(member);
                continue;
            }
        };
        let Some(at) = attrs.iter().position(|attr| attr.path().is_ident("member")) else {
            kept.push(member);
            continue;
        };
        let attr = attrs.remove(at);
        let mut parsed: Member = attr.parse_args()?;
        parsed.signature = head.signature(&parsed.signature);
        let docs = documentation(attrs, &attr)?;
        rows.push(row(&item.self_ty, &owner, &parsed, &docs, &member, &functions)?);
        if !matches!(&member, ImplItem::Const(_)) {
            kept.push(member);
        }
    }
    item.items = kept;
    let docs = item.attrs.clone();
    let tables = tables(head, &owner, &rows, &docs)?;
    Ok(quote! {
        #item
        #tables
    })
}

fn tables(head: &Head, owner: &str, rows: &[TokenStream], attrs: &[Attribute]) -> Result<TokenStream> {
    if let Some(group) = &head.group {
        return Ok(quote! {
            /// Members of one group of a type.
            pub static #group: &[crate::catalogue::MemberDef] = &[#(#rows),*];
        });
    }
    let Some(name) = &head.name else {
        return Err(Error::new(head.declaration.span(), "`as = NAME` or `group = NAME` is missing"));
    };
    let docs = documentation(attrs, &head.declaration)?;
    let text = head.declaration.value();
    let arity = arity(&text);
    let kind = format_ident!("{}", kind(&text).ok_or_else(|| Error::new(head.declaration.span(), "no kind of type"))?);
    let (definition, members) = (format_ident!("{name}_DEF"), format_ident!("{name}_MEMBERS"));
    let (repr, ops, groups) = (&head.repr, &head.ops, &head.groups);
    let (plain, single) = if arity == 0 {
        let single = quote! {
            #[doc = #docs]
            pub static #name: crate::ty::RuntimeType = crate::ty::RuntimeType::plain(&#definition);
        };
        (quote!(Some(crate::ty::Ty(&#name))), single)
    } else {
        (quote!(None), TokenStream::new())
    };
    Ok(quote! {
        static #members: &[crate::catalogue::MemberDef] = &[#(#rows),*];
        #[doc = #docs]
        pub static #definition: crate::catalogue::TypeDef = crate::catalogue::TypeDef {
            name: #owner,
            declaration: #text,
            docs: #docs,
            kind: crate::catalogue::TypeKind::#kind,
            arity: #arity,
            repr: crate::word::Repr::#repr,
            members: &[#members #(, #groups)*],
            constants: &[],
            ops: &#ops,
            plain: #plain,
        };
        #single
    })
}

/// The row of the table for one member.
fn row(
    self_ty: &Type,
    owner: &str,
    member: &Member,
    docs: &str,
    item: &ImplItem,
    functions: &[syn::ImplItemFn],
) -> Result<TokenStream> {
    let (signature, pure, reads_message) = (&member.signature, member.pure, member.reads_message);
    let self_path = path_without_lifetimes(self_ty);
    let body = match item {
        ImplItem::Const(constant) => match &member.field {
            Some(field) => quote!(crate::catalogue::Body::Field(core::mem::offset_of!(#self_path, #field))),
            None => {
                let value = &constant.expr;
                quote!(crate::catalogue::Body::Constant(#value))
            }
        },
        ImplItem::Fn(function) => {
            let call = entry(&self_path, function, &member.signature.value())?;
            match &member.prepare {
                None => quote!(crate::catalogue::Body::Call(#call)),
                Some((number, preparation, name)) => {
                    let prepared = functions.iter().find(|f| f.sig.ident == *name);
                    let prepared = prepared.ok_or_else(|| Error::new(name.span(), "no such function here"))?;
                    let prepared = entry(&self_path, prepared, &member.signature.value())?;
                    quote! {
                        crate::catalogue::Body::Prepared(
                            #call, #number, crate::catalogue::Preparation::#preparation, #prepared
                        )
                    }
                }
            }
        }
        other => return Err(Error::new(other.span(), "only functions and constants are members")),
    };
    Ok(quote! {
        crate::catalogue::MemberDef {
            owner: #owner,
            signature: #signature,
            docs: #docs,
            pure: #pure,
            reads_message: #reads_message,
            body: #body,
        }
    })
}

/// The entry that compiled code calls: takes words, gives a value and a status.
fn entry(self_path: &TokenStream, function: &syn::ImplItemFn, signature: &str) -> Result<TokenStream> {
    let name = &function.sig.ident;
    let names = parameter_names(signature);
    let mut names = names.iter();
    let (mut words, mut arguments, mut bindings) = (Vec::new(), Vec::new(), Vec::new());
    for input in &function.sig.inputs {
        let receiver = match input {
            FnArg::Receiver(_) => true,
            FnArg::Typed(typed) => {
                if is_context(&typed.ty) {
                    arguments.push(quote!(cx));
                    continue;
                }
                matches!(&*typed.pat, Pat::Ident(pat) if pat.ident == "this")
            }
        };
        let word = format_ident!("word{}", words.len());
        let value = format_ident!("value{}", words.len());
        let role = if receiver {
            quote!(crate::word::Role::Receiver)
        } else {
            let argument = names.next().map_or("", String::as_str);
            quote!(crate::word::Role::Argument(#argument))
        };
        bindings.push(quote!(let #value = unsafe { crate::word::FromWord::from_word(#word, cx, #role) }?;));
        arguments.push(quote!(#value));
        words.push(word);
    }
    let count = u8::try_from(words.len()).map_err(|_| Error::new(name.span(), "too many parameters"))?;
    Ok(quote! {{
        #[allow(clippy::used_underscore_binding, unused_variables, reason = "a member need not use the context")]
        unsafe extern "C" fn entry<'a>(cx: *mut crate::cx::Cx<'a>, #(#words: crate::word::Word),*) -> crate::abi::Return {
            // SAFETY: compiled code passes its context and words of the types that the signature says.
            unsafe {
                crate::abi::enter(cx, move |cx| {
                    #(#bindings)*
                    crate::word::Outcome::into_outcome(<#self_path>::#name(#(#arguments),*), cx)
                })
            }
        }
        crate::catalogue::Entry { code: entry as *const (), words: #count }
    }})
}

fn is_context(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else { return false };
    matches!(&*reference.elem, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Cx"))
}

/// The type of an `impl` block without its lifetimes, so that it can be named anywhere.
fn path_without_lifetimes(ty: &Type) -> TokenStream {
    match ty {
        Type::Path(path) => {
            let segments = path.path.segments.iter().map(|segment| &segment.ident);
            quote!(#(#segments)::*)
        }
        other => quote!(#other),
    }
}

/// The text of the doc comments among the attributes; a member or type without one is refused.
fn documentation(attrs: &[Attribute], place: &impl Spanned) -> Result<String> {
    let mut lines = Vec::new();
    for attr in attrs {
        if let Meta::NameValue(pair) = &attr.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value
        {
            let line = text.value();
            lines.push(line.strip_prefix(' ').unwrap_or(&line).to_owned());
        }
    }
    if lines.is_empty() { Err(Error::new(place.span(), "a doc comment is missing")) } else { Ok(lines.join("\n")) }
}

/// The names of a signature's parameters, in order; the new value of a setter is `value`.
fn parameter_names(signature: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (head, body) = signature.split_once('{').unwrap_or((signature, ""));
    if let Some((_, inside)) = head.split_once("this[").or_else(|| head.split_once('(')) {
        let inside = inside.rfind([')', ']']).and_then(|close| inside.get(..close)).unwrap_or(inside);
        names_of_parameters(inside, &mut names);
    }
    if body.contains("set;") {
        names.push(String::from("value"));
    }
    names
}

/// Adds the names of parameters that are written one after the other.
fn names_of_parameters(inside: &str, names: &mut Vec<String>) {
    let (mut depth, mut start) = (0_i32, 0);
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '<' | '[' | '(' => depth += 1,
            '>' | ']' | ')' => depth -= 1,
            ',' if depth == 0 => {
                let parameter = inside.get(start..at).unwrap_or("");
                let parameter = parameter.split('=').next().unwrap_or("").trim();
                names.extend(parameter.rsplit(' ').next().filter(|name| !name.is_empty()).map(str::to_owned));
                start = at + 1;
            }
            _ => {}
        }
    }
}

const KINDS: &[(&str, &str)] = &[
    ("class ", "Class"),
    ("struct ", "Struct"),
    ("interface ", "Interface"),
    ("enum ", "Enum"),
    ("delegate ", "Delegate"),
];

fn kind(declaration: &str) -> Option<&'static str> {
    KINDS.iter().find(|(word, _)| declaration.contains(word)).map(|(_, kind)| *kind)
}

/// The full name of the declared type; with `group`, the text is the name alone.
fn full_name(declaration: &LitStr) -> Result<String> {
    let text = declaration.value();
    let after = KINDS.iter().find_map(|(word, _)| text.split_once(word).map(|(_, after)| after)).unwrap_or(&text);
    let name: String = after.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '_')).collect();
    if name.is_empty() { Err(Error::new(declaration.span(), "a type's name is missing")) } else { Ok(name) }
}

/// How many type parameters the declared type has.
fn arity(declaration: &str) -> u8 {
    let head = declaration.split(" : ").next().unwrap_or(declaration);
    match head.split_once('<') {
        Some((_, inside)) => u8::try_from(inside.matches(',').count() + 1).unwrap_or(0),
        None => 0,
    }
}
