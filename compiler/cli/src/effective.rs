//! `tollgate effective`: the documents that a request runs through, as one.
//!
//! Each section of a document takes the place of `<base />` in the same section of the next narrower scope, as the
//! gateway enters them. Text stays as it was written: expressions raw, named values by name, fragments included by name.
//!
//! Not here: which request reaches which operation (the gateway).

use std::path::PathBuf;

use bundle::manifest::qualified;
use clap::Args;
use grammar::diagnostic::{Level, nearest};
use grammar::document::{Document, Element, Language, NodeKind, read};
use instance::documents::{PolicyDocument, Scope};
use instance::resources::api::Api;
use instance::{Instance, Options, Resources, Workspace};
use policies::{ElementDef, Section};
use report::Format;

use crate::console::Console;
use crate::{Ending, Failure};

/// The longest merged document, in bytes: a document that has `<base />` many times repeats what encloses it.
const MAX_BYTES: usize = 16 << 20;
const INDENT: usize = 4;

/// Prints the documents that a request runs through, merged, each element with its origin.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the instance
    path: PathBuf,
    /// The API, by the name of its folder; one of a workspace as `WORKSPACE/API`
    #[arg(long, value_name = "NAME")]
    api: String,
    /// The operation, by its name
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
    /// The product in whose context the request comes
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// The environment whose overlay is merged in
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
}

/// Runs the verb.
pub fn run(arguments: &Arguments, console: &mut Console) -> Result<Ending, Failure> {
    let options = Options { environment: arguments.env.clone(), ..Options::default() };
    let (_, mut diagnostics) = Instance::read(&arguments.path, &options).map_err(Failure::operator)?;
    // Variables may hold secrets, and an overlay may put them into the text of a policy: what is shown has their names.
    let options = Options { variables: &|name| Some(format!("{{#[{name}]#}}")), ..options };
    let (instance, _) = Instance::read(&arguments.path, &options).map_err(Failure::operator)?;
    let chain: Vec<Link> = chain(&instance, arguments)?.iter().map(Link::new).collect();
    let is_error = |diagnostic: &grammar::diagnostic::Diagnostic| diagnostic.level() == Level::Error;
    let is_broken = chain.iter().any(|link| link.document.diagnostics().iter().any(is_error));
    diagnostics.extend(chain.iter().flat_map(|link| link.document.diagnostics().iter().cloned()));
    console.diagnostics(&diagnostics, Format::Full);
    if is_broken {
        return Ok(Ending::Findings);
    }
    let text = merge(&chain).ok_or_else(|| {
        Failure::Operator(format!("the merged document is longer than {MAX_BYTES} bytes, for its `<base />` elements"))
    })?;
    console.result(&text);
    Ok(if diagnostics.iter().any(is_error) { Ending::Findings } else { Ending::Fine })
}

/// The documents that the request meets, innermost first.
fn chain<'i>(instance: &'i Instance, arguments: &Arguments) -> Result<Vec<PolicyDocument<'i>>, Failure> {
    let (workspace, resources, api) = find_api(instance, &arguments.api)?;
    let mut chain = Vec::new();
    let mut add = |workspace, scope, policy: Option<&'i _>| {
        chain.extend(policy.map(|policy| PolicyDocument { workspace, scope, policy }));
    };
    if let Some(name) = &arguments.operation {
        let found = api.operations.get(name);
        let operation = found.ok_or_else(|| unknown("operation", name, api.operations.names()))?;
        add(workspace, Scope::Operation(api, operation), operation.policy.as_ref());
    }
    add(workspace, Scope::Api(api), api.policy.as_ref());
    if let Some(name) = &arguments.product {
        let found = resources.products.get(name);
        let product = found.ok_or_else(|| unknown("product", name, resources.products.names()))?;
        if !product.contains(&api.name) {
            return Err(Failure::Operator(format!("the product `{name}` does not offer the API `{}`", api.name)));
        }
        add(workspace, Scope::Product(product), product.policy.as_ref());
    }
    if let Some(own) = workspace {
        add(None, Scope::Workspace(own), resources.policy.as_ref());
    }
    add(None, Scope::Global, instance.service.policy.as_ref());
    Ok(chain)
}

/// The API of a name, with where it stands.
fn find_api<'i>(
    instance: &'i Instance,
    name: &str,
) -> Result<(Option<&'i Workspace>, &'i Resources, &'i Api), Failure> {
    let full_name = |workspace: Option<&Workspace>, api: &str| qualified(workspace.map(|own| own.name.as_str()), api);
    for (workspace, resources) in instance.scopes() {
        let mut apis = resources.apis.iter();
        if let Some(api) = apis.find(|api| full_name(workspace, &api.name).eq_ignore_ascii_case(name)) {
            return Ok((workspace, resources, api));
        }
    }
    let apis = instance.scopes().flat_map(|(workspace, resources)| {
        resources.apis.names().map(move |api| full_name(workspace, api)).collect::<Vec<_>>()
    });
    let names: Vec<String> = apis.collect();
    Err(unknown("API", name, names.iter().map(String::as_str)))
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Failure {
    let hint = nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Failure::Operator(format!("there is no {what} `{name}`{hint}"))
}

/// A document of the chain.
struct Link {
    document: Document,
    /// What comments call it: its path in the instance, and its file.
    origin: String,
}

impl Link {
    fn new(document: &PolicyDocument<'_>) -> Self {
        let source = &document.policy.source;
        let file = source.name().rsplit(['/', '\\']).next().unwrap_or_default();
        let mut origin = format!("{}, {file}", document.path());
        // No comment of XML may hold two hyphens.
        while origin.contains("--") {
            origin = origin.replace("--", "- -");
        }
        Self { document: read(source), origin }
    }

    fn section(&self, section: Section) -> Option<Element<'_>> {
        self.document.root().filter(|root| root.name() == "policies")?.child(section.name())
    }
}

/// The merged document; none if it is too long.
fn merge(chain: &[Link]) -> Option<String> {
    let mut out = Merged { chain, text: "<policies>\n".to_owned() };
    for section in Section::ALL.iter().copied() {
        let before = out.text.len();
        out.section(section, 0, 2)?;
        let name = section.name();
        let content = out.text.split_off(before);
        let shown = if content.is_empty() {
            format!("    <{name} />\n")
        } else {
            format!("    <{name}>\n{content}    </{name}>\n")
        };
        out.text.push_str(&shown);
    }
    out.text.push_str("</policies>\n");
    Some(out.text)
}

struct Merged<'c> {
    chain: &'c [Link],
    text: String,
}

impl<'c> Merged<'c> {
    /// The content of a section of the scope, counted from the innermost. Beyond the outermost, and where a document
    /// lacks the section, there is none.
    fn section(&mut self, section: Section, scope: usize, depth: usize) -> Option<()> {
        let Some(link) = self.chain.get(scope) else { return Some(()) };
        match link.section(section) {
            Some(element) => self.content(element, Holder::Section(section), scope, depth),
            None => Some(()),
        }
    }

    /// What stands in an element whose content is elements.
    fn content(&mut self, element: Element<'c>, holder: Holder, scope: usize, depth: usize) -> Option<()> {
        for node in element.children().filter(|node| !node.is_blank()) {
            match node.element() {
                Some(child) if child.name() == "base" && holder.holds_policies() => {
                    self.section(holder.section(), scope + 1, depth)?;
                }
                Some(child) => self.element(child, holder, scope, depth)?,
                None => self.line(depth, node.written())?,
            }
        }
        Some(())
    }

    fn element(&mut self, element: Element<'c>, holder: Holder, scope: usize, depth: usize) -> Option<()> {
        let link = self.chain.get(scope)?;
        let source = link.document.source();
        let line = source.line_column(element.span().start).line + 1;
        self.line(depth, &format!("<!-- {}:{line} -->", link.origin))?;
        let def = holder.find(element.name()).filter(|def| !def.markup && !def.foreign && has_only_elements(element));
        let (Some(def), Some(close)) = (def, element.close_span()) else {
            return self.line(depth, element.node().written());
        };
        self.line(depth, source.slice(element.open_span()))?;
        self.content(element, Holder::Element(def, holder.section()), scope, depth + 1)?;
        self.line(depth, source.slice(close))
    }

    fn line(&mut self, depth: usize, text: &str) -> Option<()> {
        if self.text.len() + depth * INDENT + text.len() > MAX_BYTES {
            return None;
        }
        self.text.extend(std::iter::repeat_n(' ', depth * INDENT));
        self.text.push_str(text);
        self.text.push('\n');
        Some(())
    }
}

/// Whether a comment between the parts of an element changes nothing: it holds elements, and no text.
fn has_only_elements(element: Element<'_>) -> bool {
    let is_text = |kind| !matches!(kind, NodeKind::Element | NodeKind::Comment);
    element.language() == Language::Policy
        && element.elements().next().is_some()
        && !element.children().any(|node| is_text(node.kind()) && !node.is_blank())
}

/// What elements stand in.
#[derive(Clone, Copy)]
enum Holder {
    Section(Section),
    Element(&'static ElementDef, Section),
}

impl Holder {
    fn section(self) -> Section {
        match self {
            Self::Section(section) | Self::Element(_, section) => section,
        }
    }

    fn holds_policies(self) -> bool {
        match self {
            Self::Section(_) => true,
            Self::Element(def, _) => def.holds_policies,
        }
    }

    /// The declaration of an element that stands in it.
    fn find(self, name: &str) -> Option<&'static ElementDef> {
        let part = match self {
            Self::Section(_) => None,
            Self::Element(def, _) => def.children.iter().map(|child| child.element).find(|part| part.name == name),
        };
        let policy = || policies::find(name).map(|policy| &policy.element);
        part.or_else(|| self.holds_policies().then(policy).flatten())
    }
}
