//! What a request owns besides its arena: values that have to be dropped, such as header maps and shared bytes.

use std::any::Any;
use std::cell::RefCell;

/// Keeps values until the request ends.
#[derive(Default)]
pub struct Keeper {
    values: RefCell<Vec<Box<dyn Any>>>,
}

impl Keeper {
    /// Keeps a value; the reference is good as long as the keeper.
    pub fn keep<T: 'static>(&self, value: T) -> &T {
        let value = Box::new(value);
        let address: *const T = &raw const *value;
        self.values.borrow_mut().push(value);
        // SAFETY: the box does not move its content, nothing takes it out of the list, and the list is dropped only
        // with the keeper or by `clear`, which needs the keeper to itself.
        unsafe { &*address }
    }

    /// Drops everything that was kept.
    pub fn clear(&mut self) {
        self.values.get_mut().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_values_stay_where_they_are() {
        let keeper = Keeper::default();
        let first = keeper.keep(String::from("first"));
        for n in 0..100 {
            keeper.keep(n.to_string());
        }
        assert_eq!(first, "first");
    }
}
