//! Resources of one kind, found by name without regard to case.

use std::collections::HashMap;
use std::fmt;

/// Something that has a name among its like.
pub trait Named {
    /// The name that references use.
    fn name(&self) -> &str;
}

/// Resources in the order of their names' folders, with an index over the names.
#[derive(Clone)]
pub struct Table<T> {
    items: Vec<T>,
    index: HashMap<String, usize>,
}

impl<T: Named> Table<T> {
    /// Adds `item`. Of two with one name the first is found by it.
    pub fn push(&mut self, item: T) {
        let at = self.items.len();
        self.index.entry(fold(item.name())).or_insert(at);
        self.items.push(item);
    }

    /// The resource called `name`, in any case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.items.get(*self.index.get(&fold(name))?)
    }

    /// The same, to be changed; its name must stay.
    #[must_use]
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.items.get_mut(*self.index.get(&fold(name))?)
    }

    /// Whether there is one called `name`.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.index.contains_key(&fold(name))
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(Named::name)
    }
}

impl<T> Table<T> {
    /// All of them in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// All of them in order, to be changed; their names must stay.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// A name as it is compared.
///
/// Names of resources are ASCII by the service's own rule; others are compared by the lower case of Unicode.
#[must_use]
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { items: Vec::new(), index: HashMap::new() }
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<T: fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
}

impl<T: Named> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut table = Self::default();
        for item in items {
            table.push(item);
        }
        table
    }
}

impl<'t, T> IntoIterator for &'t Table<T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
