//! Rewrites what a case file expects, so that it says what is.

use super::run::{Edit, Verdict};

/// The text with the edits of these verdicts, and the failures that no edit would mend. Of edits that overlap, as in
/// blocks that several cases share, the first counts.
#[must_use]
pub fn updated(text: &str, verdicts: &[Verdict]) -> String {
    let mut edits: Vec<&Edit> =
        verdicts.iter().flat_map(|verdict| &verdict.failures).flat_map(|failure| &failure.edits).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        let Some(before) = text.get(at..start) else { continue };
        out.push_str(before);
        out.push_str(&edit.text);
        at = end.max(start);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::super::run::Failure;
    use super::*;
    use grammar::source::Span;

    #[test]
    fn edits_are_made_once_and_in_their_places() {
        let edit = |start, end, text: &str| Failure::replacing(Span::new(start, end), String::new(), text.to_owned());
        let failures = vec![edit(6, 7, "G"), edit(0, 1, "AA"), edit(6, 7, "H"), edit(3, 3, "+")];
        let verdict = Verdict { name: String::new(), span: Span::empty(0), failures };
        assert_eq!(updated("abcdefgh", &[verdict]), "AAbc+defGh");
    }
}
