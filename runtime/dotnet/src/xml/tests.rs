//! XML through the rows of its members.

use crate::testing::{call, with_harness};

const PARSE: &str = "System.Xml.Linq.XElement::static XElement Parse(string text)";

#[test]
fn texts_are_read_and_written() {
    let rows = [
        ("<a/>", "<a />"),
        ("<a></a>", "<a></a>"),
        ("<a><b>1</b><c/></a>", "<a>\n  <b>1</b>\n  <c />\n</a>"),
        ("<a>x<b>y</b></a>", "<a>x<b>y</b></a>"),
        ("<a>\n <b><c/>\n</b></a>", "<a>\n  <b>\n    <c />\n  </b>\n</a>"),
        ("<a>&lt;&#65;&amp;</a>", "<a>&lt;A&amp;</a>"),
        ("<a k='x\ny'/>", "<a k=\"x y\" />"),
        (
            "<p:a xmlns:p='urn:p'><p:b/><c xmlns='urn:d'/></p:a>",
            "<p:a xmlns:p=\"urn:p\">\n  <p:b />\n  <c xmlns=\"urn:d\" />\n</p:a>",
        ),
        ("<a><!--c--><?p d?><![CDATA[<x>]]></a>", "<a>\n  <!--c-->\n  <?p d?><![CDATA[<x>]]></a>"),
    ];
    for (text, expected) in rows {
        assert_eq!(call(PARSE, &[&text]), expected, "{text}");
    }
}

#[test]
fn faulty_texts_are_refused() {
    let rows = [
        ("", "Root element is missing."),
        ("<a><b></a>", "The 'b' start tag on line 1 position 5 does not match the end tag of 'a'. Line 1, position 9."),
        ("<a/><b/>", "There are multiple root elements. Line 1, position 6."),
        ("<p:a/>", "'p' is an undeclared prefix. Line 1, position 2."),
        ("<a k='1' k='2'/>", "'k' is a duplicate attribute name. Line 1, position 10."),
        ("<a>&b;</a>", "Reference to undeclared entity 'b'. Line 1, position 5."),
        ("<a", "Unexpected end of file has occurred. Line 1, position 3."),
        ("x<a/>", "Data at the root level is invalid. Line 1, position 1."),
    ];
    for (text, expected) in rows {
        assert_eq!(call(PARSE, &[&text]), format!("XmlException: {expected}"), "{text}");
    }
    let bomb = "<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>";
    assert!(call(PARSE, &[&bomb]).starts_with("XmlException: For security reasons DTD is prohibited"));
}

#[test]
fn deep_texts_exhaust_no_stack() {
    let text = format!("{}{}", "<a>".repeat(20_000), "</a>".repeat(20_000));
    with_harness(|harness| {
        let element = harness.word(PARSE, &[&text.as_str()]);
        let copy = harness.word("System.Xml.Linq.XElement::XElement(XElement other)", &[&element]);
        let equal = "System.Xml.Linq.XNode::static bool DeepEquals(XNode n1, XNode n2)";
        assert_eq!(harness.call(equal, &[&element, &copy]), "True");
        let flat = "System.Xml.Linq.XNode::string ToString(SaveOptions options)";
        assert_eq!(harness.call(flat, &[&copy, &1]).len(), text.len());
    });
}

#[test]
fn nodes_are_named_and_converted() {
    with_harness(|harness| {
        let element = harness.word(PARSE, &[&"<a xmlns='urn:m'><n> 42 </n></a>"]);
        let name = harness.word("System.Xml.Linq.XName::static XName Get(string expandedName)", &[&"{urn:m}n"]);
        let child = harness.word("System.Xml.Linq.XContainer::XElement Element(XName name)", &[&element, &name]);
        let int = "System.Xml.Linq.XElement::static explicit operator int(XElement value)";
        assert_eq!(harness.call(int, &[&child]), "42");
        assert_eq!(
            harness.call("System.Xml.Linq.XName::static XName Get(string expandedName)", &[&"a b"]),
            "XmlException: The ' ' character, hexadecimal value 0x20, cannot be included in a name."
        );
    });
}
