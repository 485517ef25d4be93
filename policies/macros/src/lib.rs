//! `#[derive(Policy)]` and `#[derive(Element)]`: from a struct, the table that the checker reads and the decoder that the
//! gateway runs.
//!
//! A field is an attribute of its own name in kebab case, unless it is marked `#[child]` (a child element of that name)
//! or `#[text]` (the element's text). Its type says the rest:
//!
//! | Type | Attribute |
//! |---|---|
//! | `T` | required, a literal |
//! | `Option<T>` | may be missing, a literal |
//! | `Attr<T>` | required, literal or expression |
//! | `Option<Attr<T>>` | may be missing, literal or expression |
//! | `Option<Deferred<T>>` | may be missing; an expression that the policy evaluates later |
//! | `Condition` | required; a `bool` that the steps of the policy ask |
//!
//! With `#[attr(default = "…")]` an attribute may be missing and has that value then; with `#[attr(range = 1..=300)]`
//! numbers must lie in the range; with `#[attr(name = "…")]` it has another name. A child is `T`, `Option<T>` or `Vec<T>`
//! of a type that derives `Element` or, for policies that are parts of others, `Policy`; `#[child(min = 1)]` asks for at
//! least so many. `#[text(markup)]` is text with elements in it, and `#[attr(not_yet)]` is refused by this version.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, ExprLit, Field, Ident, Lit, LitInt, LitStr, Meta, Result, Token, Type,
};

/// Makes a policy of a struct; see the crate's page. `#[policy(…)]` names the element and where it may stand:
/// `element = "…"`, `sections(inbound, …)` (none for those of GraphQL resolvers), `undocumented(on_error, …)` for further
/// ones that its page does not name, `scopes(global, …)` and `gateways(classic, …)` (all, if not given),
/// `runs = Now | Waits | Ends | Steps` (not given: this version declares it and does not run it), `source = "…"`, `once`
/// (at most once in a section), `no_fragment`, `policies` if policies stand in it, `check` and `lower` where it has such a
/// module, and `load` where what runs is made by `run::load`.
#[proc_macro_derive(Policy, attributes(policy, attr, child, text))]
pub fn policy(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let expanded = syn::parse(input).and_then(|input: DeriveInput| {
        let element = element_impls(&input, true)?;
        let policy = policy_static(&input)?;
        Ok(quote!(#element #policy))
    });
    expanded.unwrap_or_else(Error::into_compile_error).into()
}

/// Makes a child element of a struct; see the crate's page. `#[element(policies)]` if policies stand in it,
/// `#[element(foreign)]` if anything does that is kept as it is.
#[proc_macro_derive(Element, attributes(element, attr, child, text))]
pub fn element(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let expanded = syn::parse(input).and_then(|input: DeriveInput| element_impls(&input, false));
    expanded.unwrap_or_else(Error::into_compile_error).into()
}

/// What stands in `#[policy(…)]`.
#[derive(Default)]
struct Head {
    element: Option<LitStr>,
    sections: Vec<Ident>,
    undocumented: Vec<Ident>,
    scopes: Vec<Ident>,
    gateways: Vec<Ident>,
    runs: Option<Ident>,
    source: Option<LitStr>,
    flags: Vec<Ident>,
}

impl Parse for Head {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut head = Self::default();
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            match key.to_string().as_str() {
                "element" => head.element = Some(assigned(input)?),
                "source" => head.source = Some(assigned(input)?),
                "runs" => head.runs = Some(assigned(input)?),
                "sections" => head.sections = names(input)?,
                "undocumented" => head.undocumented = names(input)?,
                "scopes" => head.scopes = names(input)?,
                "gateways" => head.gateways = names(input)?,
                "once" | "no_fragment" | "policies" | "foreign" | "check" | "load" | "lower" => head.flags.push(key),
                other => return Err(Error::new(key.span(), format!("`{other}` is not known here"))),
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(head)
    }
}

fn assigned<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

fn names(input: ParseStream<'_>) -> Result<Vec<Ident>> {
    let content;
    syn::parenthesized!(content in input);
    Ok(Punctuated::<Ident, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

fn policy_static(input: &DeriveInput) -> Result<TokenStream> {
    let attr = input.attrs.iter().find(|attr| attr.path().is_ident("policy"));
    let attr = attr.ok_or_else(|| Error::new(input.ident.span(), "`#[policy(…)]` is missing"))?;
    let head: Head = attr.parse_args()?;
    let element = head.element.ok_or_else(|| Error::new(attr.span(), "`element = …` is missing"))?;
    let source = head.source.ok_or_else(|| Error::new(attr.span(), "`source = …` is missing"))?;
    let name = &input.ident;
    let docs = documentation(&input.attrs, name)?;
    let has = |flag: &str| head.flags.iter().any(|ident| ident == flag);
    let sections = head.sections.iter().chain(&head.undocumented).map(|section| variant("Section", section));
    let undocumented = head.undocumented.iter().map(|section| variant("Section", section));
    let scopes = head.scopes.iter().map(|scope| variant("Scope", scope));
    let scopes = if head.scopes.is_empty() { quote!(crate::Scope::ALL) } else { quote!(&[#(#scopes),*]) };
    let gateways = head.gateways.iter().map(|gateway| variant("Gateway", gateway));
    let gateways = if head.gateways.is_empty() { quote!(crate::Gateway::ALL) } else { quote!(&[#(#gateways),*]) };
    let runs = head.runs.clone().unwrap_or_else(|| format_ident!("NotYet"));
    let (once, fragment) = (has("once"), !has("no_fragment"));
    let own = if has("check") { quote!(Some(check::check)) } else { quote!(None) };
    let lower = if has("lower") { quote!(Some(lower::lower)) } else { quote!(None) };
    let load = if has("load") {
        quote!(Some(run::load))
    } else if head.runs.as_ref().is_some_and(|runs| runs != "Steps") {
        quote!(Some(|element, loader| Ok(Box::new(<#name as crate::run::Decode>::decode(element, loader)?))))
    } else {
        quote!(None)
    };
    Ok(quote! {
        #[doc = #docs]
        pub static POLICY: crate::PolicyDef = crate::PolicyDef {
            element: crate::ElementDef { name: #element, docs: #docs, ..<#name as crate::Declared>::ELEMENT },
            sections: &[#(#sections),*],
            undocumented: &[#(#undocumented),*],
            scopes: #scopes,
            gateways: #gateways,
            runs: crate::Runs::#runs,
            once: #once,
            in_fragments: #fragment,
            source: #source,
            page: include_str!("README.md"),
            #[cfg(feature = "check")]
            check: Some(|element, out| crate::findings::check(&POLICY, #own, element, out)),
            #[cfg(feature = "check")]
            lower: #lower,
            #[cfg(feature = "run")]
            load: #load,
        };
    })
}

/// `crate::Section::OnError` for `on_error`.
fn variant(of: &str, name: &Ident) -> TokenStream {
    let camel: String = name.to_string().split('_').map(capitalised).collect();
    let (of, variant) = (format_ident!("{of}"), Ident::new(&camel, name.span()));
    quote!(crate::#of::#variant)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A field as the table and the decoder see it.
struct Part<'f> {
    ident: &'f Ident,
    name: String,
    docs: String,
    kind: Kind,
    /// The value's or child's own type, without `Option`, `Attr` and `Vec`.
    inner: TokenStream,
    default: Option<LitStr>,
    range: Option<Expr>,
    min: Option<LitInt>,
    markup: bool,
    not_yet: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Attribute { optional: bool, expression: Use },
    Text { optional: bool, expression: Use },
    Child { many: bool, optional: bool },
}

#[derive(Clone, Copy, PartialEq)]
enum Use {
    Never,
    Allowed,
    Deferred,
    Step,
}

fn element_impls(input: &DeriveInput, is_policy: bool) -> Result<TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "only a struct can be an element"));
    };
    let parts = data.fields.iter().map(part).collect::<Result<Vec<_>>>()?;
    let name = &input.ident;
    let docs = documentation(&input.attrs, name)?;
    let attributes = parts.iter().filter(|part| matches!(part.kind, Kind::Attribute { .. })).map(attribute_row);
    let children = parts.iter().filter(|part| matches!(part.kind, Kind::Child { .. })).map(child_row);
    let text = parts.iter().find(|part| matches!(part.kind, Kind::Text { .. }));
    let markup = text.is_some_and(|part| part.markup);
    let text = text.map(attribute_row);
    let text = text.map_or_else(|| quote!(None), |row| quote!(Some(#row)));
    let decoded = parts.iter().map(decode_field);
    let holds_policies = has_flag(&input.attrs, "policies")?;
    let foreign = has_flag(&input.attrs, "foreign")?;
    Ok(quote! {
        impl crate::Declared for #name {
            const ELEMENT: crate::ElementDef = crate::ElementDef {
                name: "",
                docs: #docs,
                attributes: &[#(#attributes),*],
                children: &[#(#children),*],
                text: #text,
                markup: #markup,
                holds_policies: #holds_policies,
                foreign: #foreign,
                is_policy: #is_policy,
            };
        }

        #[cfg(feature = "run")]
        impl crate::run::Decode for #name {
            fn decode(
                element: &bundle::document::Element,
                loader: &crate::run::Loader<'_>,
            ) -> Result<Self, engine::load::LoadError> {
                Ok(Self { #(#decoded),* })
            }
        }
    })
}

/// Whether `#[policy(…)]` or `#[element(…)]` holds a word.
fn has_flag(attrs: &[Attribute], word: &str) -> Result<bool> {
    for attr in attrs {
        if attr.path().is_ident("policy") || attr.path().is_ident("element") {
            let head: Head = attr.parse_args()?;
            return Ok(head.flags.iter().any(|flag| flag == word));
        }
    }
    Ok(false)
}

fn part(field: &Field) -> Result<Part<'_>> {
    let Some(ident) = &field.ident else { return Err(Error::new(field.span(), "fields need names")) };
    let docs = documentation(&field.attrs, ident)?;
    let mut part = Part {
        ident,
        name: ident.to_string().trim_start_matches("r#").replace('_', "-"),
        docs,
        kind: Kind::Attribute { optional: false, expression: Use::Never },
        inner: TokenStream::new(),
        default: None,
        range: None,
        min: None,
        markup: false,
        not_yet: false,
    };
    let (mut is_child, mut is_text) = (false, false);
    for attr in &field.attrs {
        is_child |= attr.path().is_ident("child");
        is_text |= attr.path().is_ident("text");
        let ours = ["attr", "child", "text"].iter().any(|name| attr.path().is_ident(name));
        if ours && matches!(attr.meta, Meta::List(_)) {
            attr.parse_nested_meta(|meta| {
                let key = meta.path.require_ident()?.to_string();
                match key.as_str() {
                    "default" => part.default = Some(meta.value()?.parse()?),
                    "name" => part.name = meta.value()?.parse::<LitStr>()?.value(),
                    "range" => part.range = Some(meta.value()?.parse()?),
                    "min" => part.min = Some(meta.value()?.parse()?),
                    "markup" => part.markup = true,
                    "not_yet" => part.not_yet = true,
                    _ => return Err(meta.error("not known here")),
                }
                Ok(())
            })?;
        }
    }
    let (optional, ty) = unwrapped(&field.ty, "Option");
    let (many, ty) = unwrapped(ty, "Vec");
    let (is_attr, ty) = unwrapped(ty, "Attr");
    let (is_deferred, ty) = unwrapped(ty, "Deferred");
    let is_condition = matches!(ty, Type::Path(path) if path.path.is_ident("Condition"));
    let expression = match (is_attr, is_deferred, is_condition) {
        (true, ..) => Use::Allowed,
        (_, true, _) => Use::Deferred,
        (_, _, true) => Use::Step,
        _ => Use::Never,
    };
    part.inner = if is_condition { quote!(bool) } else { ty.to_token_stream() };
    part.kind = match (is_child, is_text) {
        (true, _) => Kind::Child { many, optional },
        (_, true) => Kind::Text { optional, expression },
        _ => Kind::Attribute { optional, expression },
    };
    Ok(part)
}

/// Whether a type is `outer<T>`, and `T` if it is.
fn unwrapped<'t>(ty: &'t Type, outer: &str) -> (bool, &'t Type) {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && last.ident == outer
        && let syn::PathArguments::AngleBracketed(args) = &last.arguments
        && let Some(syn::GenericArgument::Type(inner)) = args.args.first()
    {
        return (true, inner);
    }
    (false, ty)
}

fn attribute_row(part: &Part<'_>) -> TokenStream {
    let (Kind::Attribute { optional, expression } | Kind::Text { optional, expression }) = part.kind else {
        return TokenStream::new();
    };
    let (name, docs, inner, not_yet) = (&part.name, &part.docs, &part.inner, part.not_yet);
    let required = !optional && part.default.is_none();
    let default = part.default.as_ref().map_or_else(|| quote!(None), |text| quote!(Some(#text)));
    let expression = match expression {
        Use::Never => quote!(Never),
        Use::Allowed => quote!(Allowed),
        Use::Deferred => quote!(Deferred),
        Use::Step => quote!(Step),
    };
    let value = match &part.range {
        Some(Expr::Range(range)) => {
            let low = range.start.as_ref().map_or_else(|| quote!(i64::MIN), |low| quote!(#low));
            let high = range.end.as_ref().map_or_else(|| quote!(i64::MAX), |high| quote!(#high));
            quote!(<#inner as crate::AttributeValue>::VALUE.within(#low, #high))
        }
        _ => quote!(<#inner as crate::AttributeValue>::VALUE),
    };
    quote! {
        crate::AttributeDef {
            name: #name,
            docs: #docs,
            required: #required,
            default: #default,
            expression: crate::ExpressionUse::#expression,
            value: #value,
            not_yet: #not_yet,
        }
    }
}

fn child_row(part: &Part<'_>) -> TokenStream {
    let Kind::Child { many, optional } = part.kind else { return TokenStream::new() };
    let (name, docs, inner) = (&part.name, &part.docs, &part.inner);
    let min = match &part.min {
        Some(min) => quote!(#min),
        None if many || optional => quote!(0),
        None => quote!(1),
    };
    let max = if many { quote!(None) } else { quote!(Some(1)) };
    quote! {
        crate::ChildDef {
            element: &crate::ElementDef { name: #name, docs: #docs, ..<#inner as crate::Declared>::ELEMENT },
            min: #min,
            max: #max,
        }
    }
}

fn decode_field(part: &Part<'_>) -> TokenStream {
    let (ident, name) = (part.ident, &part.name);
    let default = part.default.as_ref().map_or_else(|| quote!(None), |text| quote!(Some(#text)));
    let (source, optional) = match part.kind {
        Kind::Attribute { expression: Use::Step, .. } => return quote!(#ident: crate::value::Condition),
        Kind::Attribute { optional, .. } => (quote!(loader.attribute(element, #name, #default)), optional),
        Kind::Text { optional, .. } => (quote!(loader.text(element, #default)), optional),
        Kind::Child { many: true, .. } => return quote!(#ident: loader.children(element, #name)?),
        Kind::Child { optional: true, .. } => return quote!(#ident: loader.child(element, #name)?),
        Kind::Child { .. } => return quote!(#ident: loader.required_child(element, #name)?),
    };
    if optional {
        quote!(#ident: #source.map(|value| loader.value(value)).transpose()?)
    } else {
        quote!(#ident: loader.required(#source, element, #name)?)
    }
}

/// The text of the doc comments; what has none is refused, since users read it.
fn documentation(attrs: &[Attribute], place: &Ident) -> Result<String> {
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
