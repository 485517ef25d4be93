//! Names of variables and local functions: who sees which.
//!
//! Scopes form a chain that a lambda keeps, so that it can be bound later than its surroundings. A block's names are
//! known from its start, before they are declared: C# hides outer names in the whole block and refuses earlier uses.
//!
//! Not here: names of types and members (`tables`).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use csharp::span::Span;

use super::bound::{JumpId, LocalFunctionId, VariableId};

/// The names of a block, a lambda's parameters, or a part of a statement.
#[derive(Debug)]
pub struct Scope {
    parent: Option<Rc<Self>>,
    names: RefCell<Vec<(Rc<str>, Entry)>>,
    labels: RefCell<Vec<(Rc<str>, JumpId)>>,
    /// Whether the code of another function begins here, which no `goto` leaves.
    is_function: bool,
    /// Whether what is declared here belongs to the scope around, as in the sections of a `switch`.
    passes_up: Cell<bool>,
    /// The variables declared here, for the block that makes them begin.
    variables: RefCell<Vec<VariableId>>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A variable.
    Variable(VariableId),
    /// A local function.
    Function(LocalFunctionId),
    /// A variable that is declared further down in its block, here.
    Later(Span),
}

/// Why a name cannot be declared.
pub enum Conflict {
    /// The same scope declares it already.
    Same(Entry),
    /// A scope around this one declares it: the one directly around (`true`) or one further out.
    Outer(Entry, bool),
}

impl Scope {
    /// A scope inside `parent`.
    pub fn inside(parent: &Rc<Self>) -> Rc<Self> {
        Self::make(Some(Rc::clone(parent)), false)
    }

    /// The scope of a function's parameters, inside `parent`.
    pub fn function(parent: Option<&Rc<Self>>) -> Rc<Self> {
        Self::make(parent.map(Rc::clone), true)
    }

    fn make(parent: Option<Rc<Self>>, is_function: bool) -> Rc<Self> {
        Rc::new(Self {
            parent,
            names: RefCell::default(),
            labels: RefCell::default(),
            is_function,
            passes_up: Cell::new(false),
            variables: RefCell::default(),
        })
    }

    /// What `name` stands for here.
    pub fn find(&self, name: &str) -> Option<Entry> {
        self.chain().find_map(|scope| scope.own(name))
    }

    /// What `name` stands for in this very scope.
    fn own(&self, name: &str) -> Option<Entry> {
        self.names.borrow().iter().find(|(own, _)| &**own == name).map(|(_, entry)| *entry)
    }

    /// Makes known that `name` is declared further down; the first declaration counts.
    pub fn announce(&self, name: Rc<str>, span: Span) {
        if self.own(&name).is_none() {
            self.names.borrow_mut().push((name, Entry::Later(span)));
        }
    }

    /// What stands in the way of declaring `name` here.
    pub fn conflict(&self, name: &str) -> Option<Conflict> {
        if let Some(entry @ (Entry::Variable(_) | Entry::Function(_))) = self.own(name) {
            return Some(Conflict::Same(entry));
        }
        let parent = self.parent.as_ref()?;
        parent.find(name).map(|entry| Conflict::Outer(entry, parent.own(name).is_some()))
    }

    /// From now on, what is declared here belongs to the scope around.
    pub fn pass_up(&self) {
        self.passes_up.set(true);
    }

    /// The scope that what is declared here belongs to.
    pub fn declaring(self: &Rc<Self>) -> Rc<Self> {
        match &self.parent {
            Some(parent) if self.passes_up.get() => parent.declaring(),
            _ => Rc::clone(self),
        }
    }

    /// Declares a name; an announced one becomes usable.
    pub fn declare(&self, name: Rc<str>, entry: Entry) {
        let mut names = self.names.borrow_mut();
        match names.iter_mut().find(|(own, _)| *own == name) {
            Some(slot) => slot.1 = entry,
            None => names.push((name, entry)),
        }
    }

    /// Adds a variable to those that begin with this scope.
    pub fn begin(&self, variable: VariableId) {
        self.variables.borrow_mut().push(variable);
    }

    /// The variables that begin with this scope.
    pub fn take_variables(&self) -> Vec<VariableId> {
        std::mem::take(&mut self.variables.borrow_mut())
    }

    /// Adds a label; false if the scope has it.
    pub fn add_label(&self, name: Rc<str>, id: JumpId) -> bool {
        let known = self.labels.borrow().iter().any(|(own, _)| *own == name);
        if !known {
            self.labels.borrow_mut().push((name, id));
        }
        !known
    }

    /// The label that a `goto` here reaches.
    pub fn find_label(&self, name: &str) -> Option<JumpId> {
        for scope in self.chain() {
            if let Some((_, id)) = scope.labels.borrow().iter().find(|(own, _)| &**own == name) {
                return Some(*id);
            }
            if scope.is_function {
                return None;
            }
        }
        None
    }

    /// The names that are declared in this very scope.
    pub fn own_names(&self) -> Vec<(Rc<str>, Entry)> {
        self.names.borrow().clone()
    }

    /// Every name that is visible here, nearest first; hidden ones left out.
    pub fn visible(&self) -> Vec<(Rc<str>, Entry)> {
        let mut found: Vec<(Rc<str>, Entry)> = Vec::new();
        for scope in self.chain() {
            for (name, entry) in scope.names.borrow().iter() {
                if !found.iter().any(|(known, _)| known == name) {
                    found.push((Rc::clone(name), *entry));
                }
            }
        }
        found
    }

    fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |scope| scope.parent.as_deref())
    }
}
