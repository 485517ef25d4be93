//! What the names in `\p{…}` mean, and the classes `\w`, `\d` and `\s`.

use std::sync::OnceLock;

use super::set::Set;
use crate::types::char::category;

/// How many categories there are; they are numbered as `UnicodeCategory` numbers them.
const CATEGORIES: usize = 30;

/// The letters that have case: upper, lower and title case.
const CASED: &[usize] = &[0, 1, 2];
/// `\w`: letters, marks without width, decimal digits and connecting punctuation.
const WORD: &[usize] = &[0, 1, 2, 3, 4, 5, 8, 18];

/// The categories by name.
static NAMED: &[(&str, &[usize])] = &[
    ("Cc", &[14]),
    ("Cf", &[15]),
    ("Cn", &[29]),
    ("Co", &[17]),
    ("Cs", &[16]),
    ("C", &[14, 15, 29, 17, 16]),
    ("Ll", &[1]),
    ("Lm", &[3]),
    ("Lo", &[4]),
    ("Lt", &[2]),
    ("Lu", &[0]),
    ("L", &[0, 1, 2, 3, 4]),
    ("Mc", &[6]),
    ("Me", &[7]),
    ("Mn", &[5]),
    ("M", &[5, 6, 7]),
    ("Nd", &[8]),
    ("Nl", &[9]),
    ("No", &[10]),
    ("N", &[8, 9, 10]),
    ("Pc", &[18]),
    ("Pd", &[19]),
    ("Pe", &[21]),
    ("Po", &[24]),
    ("Ps", &[20]),
    ("Pf", &[23]),
    ("Pi", &[22]),
    ("P", &[18, 19, 20, 21, 22, 23, 24]),
    ("Sc", &[26]),
    ("Sk", &[27]),
    ("Sm", &[25]),
    ("So", &[28]),
    ("S", &[25, 26, 27, 28]),
    ("Zl", &[12]),
    ("Zp", &[13]),
    ("Zs", &[11]),
    ("Z", &[11, 12, 13]),
];

/// The blocks of Unicode that .NET names, with their first and last unit.
static BLOCKS: &[(&str, u16, u16)] = &[
    ("IsAlphabeticPresentationForms", 0xFB00, 0xFB4F),
    ("IsArabic", 0x0600, 0x06FF),
    ("IsArabicPresentationForms-A", 0xFB50, 0xFDFF),
    ("IsArabicPresentationForms-B", 0xFE70, 0xFEFF),
    ("IsArmenian", 0x0530, 0x058F),
    ("IsArrows", 0x2190, 0x21FF),
    ("IsBasicLatin", 0x0000, 0x007F),
    ("IsBengali", 0x0980, 0x09FF),
    ("IsBlockElements", 0x2580, 0x259F),
    ("IsBopomofo", 0x3100, 0x312F),
    ("IsBopomofoExtended", 0x31A0, 0x31BF),
    ("IsBoxDrawing", 0x2500, 0x257F),
    ("IsBraillePatterns", 0x2800, 0x28FF),
    ("IsBuhid", 0x1740, 0x175F),
    ("IsCJKCompatibility", 0x3300, 0x33FF),
    ("IsCJKCompatibilityForms", 0xFE30, 0xFE4F),
    ("IsCJKCompatibilityIdeographs", 0xF900, 0xFAFF),
    ("IsCJKRadicalsSupplement", 0x2E80, 0x2EFF),
    ("IsCJKSymbolsandPunctuation", 0x3000, 0x303F),
    ("IsCJKUnifiedIdeographs", 0x4E00, 0x9FFF),
    ("IsCJKUnifiedIdeographsExtensionA", 0x3400, 0x4DBF),
    ("IsCherokee", 0x13A0, 0x13FF),
    ("IsCombiningDiacriticalMarks", 0x0300, 0x036F),
    ("IsCombiningDiacriticalMarksforSymbols", 0x20D0, 0x20FF),
    ("IsCombiningHalfMarks", 0xFE20, 0xFE2F),
    ("IsCombiningMarksforSymbols", 0x20D0, 0x20FF),
    ("IsControlPictures", 0x2400, 0x243F),
    ("IsCurrencySymbols", 0x20A0, 0x20CF),
    ("IsCyrillic", 0x0400, 0x04FF),
    ("IsCyrillicSupplement", 0x0500, 0x052F),
    ("IsDevanagari", 0x0900, 0x097F),
    ("IsDingbats", 0x2700, 0x27BF),
    ("IsEnclosedAlphanumerics", 0x2460, 0x24FF),
    ("IsEnclosedCJKLettersandMonths", 0x3200, 0x32FF),
    ("IsEthiopic", 0x1200, 0x137F),
    ("IsGeneralPunctuation", 0x2000, 0x206F),
    ("IsGeometricShapes", 0x25A0, 0x25FF),
    ("IsGeorgian", 0x10A0, 0x10FF),
    ("IsGreek", 0x0370, 0x03FF),
    ("IsGreekExtended", 0x1F00, 0x1FFF),
    ("IsGreekandCoptic", 0x0370, 0x03FF),
    ("IsGujarati", 0x0A80, 0x0AFF),
    ("IsGurmukhi", 0x0A00, 0x0A7F),
    ("IsHalfwidthandFullwidthForms", 0xFF00, 0xFFEF),
    ("IsHangulCompatibilityJamo", 0x3130, 0x318F),
    ("IsHangulJamo", 0x1100, 0x11FF),
    ("IsHangulSyllables", 0xAC00, 0xD7AF),
    ("IsHanunoo", 0x1720, 0x173F),
    ("IsHebrew", 0x0590, 0x05FF),
    ("IsHighPrivateUseSurrogates", 0xDB80, 0xDBFF),
    ("IsHighSurrogates", 0xD800, 0xDB7F),
    ("IsHiragana", 0x3040, 0x309F),
    ("IsIPAExtensions", 0x0250, 0x02AF),
    ("IsIdeographicDescriptionCharacters", 0x2FF0, 0x2FFF),
    ("IsKanbun", 0x3190, 0x319F),
    ("IsKangxiRadicals", 0x2F00, 0x2FDF),
    ("IsKannada", 0x0C80, 0x0CFF),
    ("IsKatakana", 0x30A0, 0x30FF),
    ("IsKatakanaPhoneticExtensions", 0x31F0, 0x31FF),
    ("IsKhmer", 0x1780, 0x17FF),
    ("IsKhmerSymbols", 0x19E0, 0x19FF),
    ("IsLao", 0x0E80, 0x0EFF),
    ("IsLatin-1Supplement", 0x0080, 0x00FF),
    ("IsLatinExtended-A", 0x0100, 0x017F),
    ("IsLatinExtended-B", 0x0180, 0x024F),
    ("IsLatinExtendedAdditional", 0x1E00, 0x1EFF),
    ("IsLetterlikeSymbols", 0x2100, 0x214F),
    ("IsLimbu", 0x1900, 0x194F),
    ("IsLowSurrogates", 0xDC00, 0xDFFF),
    ("IsMalayalam", 0x0D00, 0x0D7F),
    ("IsMathematicalOperators", 0x2200, 0x22FF),
    ("IsMiscellaneousMathematicalSymbols-A", 0x27C0, 0x27EF),
    ("IsMiscellaneousMathematicalSymbols-B", 0x2980, 0x29FF),
    ("IsMiscellaneousSymbols", 0x2600, 0x26FF),
    ("IsMiscellaneousSymbolsandArrows", 0x2B00, 0x2BFF),
    ("IsMiscellaneousTechnical", 0x2300, 0x23FF),
    ("IsMongolian", 0x1800, 0x18AF),
    ("IsMyanmar", 0x1000, 0x109F),
    ("IsNumberForms", 0x2150, 0x218F),
    ("IsOgham", 0x1680, 0x169F),
    ("IsOpticalCharacterRecognition", 0x2440, 0x245F),
    ("IsOriya", 0x0B00, 0x0B7F),
    ("IsPhoneticExtensions", 0x1D00, 0x1D7F),
    ("IsPrivateUse", 0xE000, 0xF8FF),
    ("IsPrivateUseArea", 0xE000, 0xF8FF),
    ("IsRunic", 0x16A0, 0x16FF),
    ("IsSinhala", 0x0D80, 0x0DFF),
    ("IsSmallFormVariants", 0xFE50, 0xFE6F),
    ("IsSpacingModifierLetters", 0x02B0, 0x02FF),
    ("IsSpecials", 0xFFF0, 0xFFFF),
    ("IsSuperscriptsandSubscripts", 0x2070, 0x209F),
    ("IsSupplementalArrows-A", 0x27F0, 0x27FF),
    ("IsSupplementalArrows-B", 0x2900, 0x297F),
    ("IsSupplementalMathematicalOperators", 0x2A00, 0x2AFF),
    ("IsSyriac", 0x0700, 0x074F),
    ("IsTagalog", 0x1700, 0x171F),
    ("IsTagbanwa", 0x1760, 0x177F),
    ("IsTaiLe", 0x1950, 0x197F),
    ("IsTamil", 0x0B80, 0x0BFF),
    ("IsTelugu", 0x0C00, 0x0C7F),
    ("IsThaana", 0x0780, 0x07BF),
    ("IsThai", 0x0E00, 0x0E7F),
    ("IsTibetan", 0x0F00, 0x0FFF),
    ("IsUnifiedCanadianAboriginalSyllabics", 0x1400, 0x167F),
    ("IsVariationSelectors", 0xFE00, 0xFE0F),
    ("IsYiRadicals", 0xA490, 0xA4CF),
    ("IsYiSyllables", 0xA000, 0xA48F),
    ("IsYijingHexagramSymbols", 0x4DC0, 0x4DFF),
];

/// The units of a category or a block.
pub enum Property {
    /// A category; it has all that it has, whether case is ignored or not.
    Category(Set),
    /// A block, which is no more than a range.
    Block(Set),
}

/// What a name in `\p{…}` means; `None` if nothing. Where case is ignored, the categories of letters with case are one.
#[must_use]
pub fn property(name: &str, ignore_case: bool) -> Option<Property> {
    if let Some((_, categories)) = NAMED.iter().find(|(known, _)| *known == name) {
        let cased = ignore_case && matches!(**categories, [0..=2]);
        return Some(Property::Category(of_categories(if cased { CASED } else { categories })));
    }
    let block = BLOCKS.iter().find(|(known, ..)| *known == name);
    block.map(|(_, first, last)| Property::Block(Set::new(vec![(*first, *last)])))
}

/// `\w`.
#[must_use]
pub fn word() -> &'static Set {
    static SET: OnceLock<Set> = OnceLock::new();
    SET.get_or_init(|| of_categories(WORD))
}

/// `\d`.
#[must_use]
pub fn digit() -> &'static Set {
    static SET: OnceLock<Set> = OnceLock::new();
    SET.get_or_init(|| of_categories(&[8]))
}

/// `\s`.
#[must_use]
pub fn space() -> Set {
    Set::new(vec![
        (0x09, 0x0D),
        (0x20, 0x20),
        (0x85, 0x85),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
    ])
}

/// `\w` of ECMAScript.
#[must_use]
pub fn ascii_word() -> Set {
    Set::new(vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0x130, 0x130)])
}

/// `\d` of ECMAScript.
#[must_use]
pub fn ascii_digit() -> Set {
    Set::new(vec![(0x30, 0x39)])
}

/// `\s` of ECMAScript.
#[must_use]
pub fn ascii_space() -> Set {
    Set::new(vec![(0x09, 0x0D), (0x20, 0x20)])
}

/// Whether a unit belongs to words as `\b` and the names of groups see them: `\w`, and the two joiners.
#[must_use]
pub fn is_word_unit(unit: u16) -> bool {
    word().contains(unit) || matches!(unit, 0x200C | 0x200D)
}

fn of_categories(categories: &[usize]) -> Set {
    let all = by_category();
    let ranges = categories.iter().filter_map(|category| all.get(*category)).flatten();
    Set::new(ranges.copied().collect())
}

/// The runs of units of each category.
fn by_category() -> &'static [Vec<(u16, u16)>; CATEGORIES] {
    static SETS: OnceLock<[Vec<(u16, u16)>; CATEGORIES]> = OnceLock::new();
    SETS.get_or_init(|| {
        let mut sets: [Vec<(u16, u16)>; CATEGORIES] = std::array::from_fn(|_| Vec::new());
        for unit in 0..=u16::MAX {
            let number = usize::from(category(u32::from(unit)));
            let Some(set) = sets.get_mut(number) else { continue };
            match set.last_mut() {
                Some((_, last)) if *last + 1 == unit => *last = unit,
                _ => set.push((unit, unit)),
            }
        }
        sets
    })
}
