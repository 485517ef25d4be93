//! What is known at one point of the code: whether control reaches it, and which variables have a value.

use crate::expression::bound::VariableId;

/// What is known at one point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    reachable: bool,
    assigned: Vec<u64>,
}

impl State {
    /// Where code begins: nothing is assigned.
    pub fn start() -> Self {
        Self { reachable: true, assigned: Vec::new() }
    }

    /// Where control never comes: everything holds.
    pub fn unreachable() -> Self {
        Self { reachable: false, assigned: Vec::new() }
    }

    /// Whether control reaches this point.
    pub fn is_reachable(&self) -> bool {
        self.reachable
    }

    /// Whether a variable has a value.
    pub fn has(&self, id: VariableId) -> bool {
        !self.reachable || self.assigned.get(id.index() / 64).is_some_and(|word| word & (1 << (id.index() % 64)) != 0)
    }

    /// A variable has a value from here on.
    pub fn assign(&mut self, id: VariableId) {
        let at = id.index() / 64;
        if self.assigned.len() <= at {
            self.assigned.resize(at + 1, 0);
        }
        if let Some(word) = self.assigned.get_mut(at) {
            *word |= 1 << (id.index() % 64);
        }
    }

    /// What is known where two ways meet.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        match (self.reachable, other.reachable) {
            (false, _) => other.clone(),
            (_, false) => self.clone(),
            _ => Self {
                reachable: true,
                assigned: self.assigned.iter().zip(&other.assigned).map(|(a, b)| a & b).collect(),
            },
        }
    }

    /// What is known after code that also does what led to `other`.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.reachable &= other.reachable;
        for (at, word) in other.assigned.iter().enumerate() {
            if sum.assigned.len() <= at {
                sum.assigned.resize(at + 1, 0);
            }
            if let Some(own) = sum.assigned.get_mut(at) {
                *own |= word;
            }
        }
        sum
    }
}
