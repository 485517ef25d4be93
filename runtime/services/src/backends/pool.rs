//! Pools: which member has its turn.
//!
//! Members with the lowest priority that are not left alone share the load: by weight, or evenly. A cookie may keep a
//! client at the member that it met first.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bundle::manifest;
use http::HeaderMap;
use http::header::COOKIE;

/// Backends that share the load.
pub(super) struct Pool {
    members: Vec<Member>,
    affinity_cookie: Option<String>,
    /// What each member is owed: the one that is owed most is next.
    owed: Mutex<Vec<i64>>,
}

struct Member {
    id: String,
    priority: u32,
    weight: i64,
    /// What the cookie says of it, which does not tell its name.
    mark: String,
}

/// The member whose turn it is.
pub(super) struct Turn<'p> {
    pub(super) id: &'p str,
    /// The cookie that keeps the client there, if it has none yet.
    pub(super) cookie: Option<String>,
}

/// Whether a member is left alone, and for how long if that is known.
pub(super) type Rests<'r> = &'r dyn Fn(&str) -> Option<Option<Duration>>;

impl Pool {
    pub(super) fn new(pool: &manifest::Pool) -> Self {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let members: Vec<Member> = pool
            .members
            .iter()
            .map(|member| Member {
                id: member.id.clone(),
                priority: member.priority,
                weight: i64::from(member.weight.unwrap_or(1)),
                mark: format!("{:016x}", hasher.hash_one(&member.id)),
            })
            .collect();
        let owed = Mutex::new(vec![0; members.len()]);
        Self { members, affinity_cookie: pool.affinity_cookie.clone(), owed }
    }

    /// The member for a request.
    ///
    /// # Errors
    /// If all are left alone: for how long, if that is known.
    pub(super) fn choose(&self, headers: &HeaderMap, rests: Rests<'_>) -> Result<Turn<'_>, Option<Duration>> {
        let rest: Vec<Option<Option<Duration>>> = self.members.iter().map(|member| rests(&member.id)).collect();
        let is_free = |index: usize| rest.get(index).is_some_and(Option::is_none);
        if let Some(mark) = self.affinity_cookie.as_deref().and_then(|name| cookie_of(headers, name)) {
            let known = self.members.iter().enumerate().find(|(_, member)| member.mark == mark);
            if let Some((_, member)) = known.filter(|(index, _)| is_free(*index)) {
                return Ok(Turn { id: &member.id, cookie: None });
            }
        }
        let free = || self.members.iter().enumerate().filter(|(index, member)| is_free(*index) && member.weight > 0);
        let Some(priority) = free().map(|(_, member)| member.priority).min() else {
            return Err(rest.into_iter().flatten().flatten().min());
        };
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        let mut total = 0;
        let mut next: Option<(usize, i64)> = None;
        for (index, member) in free().filter(|(_, member)| member.priority == priority) {
            total += member.weight;
            if let Some(owed) = owed.get_mut(index) {
                *owed += member.weight;
                if next.is_none_or(|(_, most)| *owed > most) {
                    next = Some((index, *owed));
                }
            }
        }
        let (index, _) = next.ok_or(None)?;
        if let Some(owed) = owed.get_mut(index) {
            *owed -= total;
        }
        let member = self.members.get(index).ok_or(None)?;
        let cookie = self.affinity_cookie.as_ref();
        let cookie = cookie.map(|name| format!("{name}={}; Path=/; HttpOnly", member.mark));
        Ok(Turn { id: &member.id, cookie })
    }
}

fn cookie_of<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(known, _)| *known == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn pool(members: &[(&str, u32, Option<u32>)], cookie: Option<&str>) -> Pool {
        let members = members.iter().map(|(id, priority, weight)| manifest::PoolMember {
            id: (*id).to_owned(),
            priority: *priority,
            weight: *weight,
        });
        Pool::new(&manifest::Pool { members: members.collect(), affinity_cookie: cookie.map(str::to_owned) })
    }

    fn turns(pool: &Pool, count: usize, rests: Rests<'_>) -> String {
        let headers = HeaderMap::new();
        (0..count).map(|_| pool.choose(&headers, rests).map_or("-".to_owned(), |turn| turn.id.to_owned())).collect()
    }

    #[test]
    fn members_share_by_weight_within_the_first_priority_that_is_there() {
        let evenly = pool(&[("a", 1, None), ("b", 1, None), ("c", 2, None)], None);
        assert_eq!(turns(&evenly, 4, &|_| None), "abab");
        assert_eq!(turns(&evenly, 2, &|id| (id == "a").then_some(None)), "bb");
        assert_eq!(turns(&evenly, 2, &|id| (id != "c").then_some(None)), "cc");
        let all = |_: &str| Some(Some(Duration::from_secs(3)));
        assert_eq!(evenly.choose(&HeaderMap::new(), &all).err(), Some(Some(Duration::from_secs(3))));
        let weighted = turns(&pool(&[("a", 1, Some(3)), ("b", 1, Some(1))], None), 8, &|_| None);
        assert_eq!(weighted.matches('a').count(), 6, "{weighted}");
    }

    #[test]
    fn a_cookie_keeps_a_client_at_its_member_while_that_is_there() {
        let pool = pool(&[("a", 1, None), ("b", 1, None)], Some("Session"));
        let first = pool.choose(&HeaderMap::new(), &|_| None).unwrap_or_else(|_| panic!("all are there"));
        let cookie = first.cookie.unwrap();
        let mut headers = HeaderMap::new();
        let pair = cookie.split(';').next().unwrap();
        headers.insert(COOKIE, HeaderValue::from_str(&format!("x=1; {pair}")).unwrap());
        for _ in 0..3 {
            let again = pool.choose(&headers, &|_| None).unwrap_or_else(|_| panic!("all are there"));
            assert_eq!((again.id, again.cookie), (first.id, None));
        }
        let other = pool.choose(&headers, &|id| (id == first.id).then_some(None));
        assert_ne!(other.map(|turn| turn.id).unwrap_or(""), first.id);
    }
}
