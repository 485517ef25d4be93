//! Where the values of secrets come from: files, the environment, or whoever runs the instance in this process.
//!
//! A bundle names its secrets and holds none of their values. The secret `subscriptions/ada/primary-key` is the content
//! of the file of that path below the folder of secrets, without the line break at its end, or else the value of
//! `TOLLGATE_SECRET_SUBSCRIPTIONS_ADA_PRIMARY_KEY`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use engine::load::Secrets;

/// What the names of environment variables begin with that hold secrets.
const PREFIX: &str = "TOLLGATE_SECRET_";

/// Where the values of secrets come from, in this order: given values, files, the environment.
#[derive(Clone, Default)]
pub struct SecretSources {
    /// Values by name.
    pub given: BTreeMap<String, String>,
    /// A folder with a file for each secret.
    pub folder: Option<PathBuf>,
    /// Whether the environment is asked.
    pub environment: bool,
}

impl fmt::Debug for SecretSources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.given.keys().collect();
        f.debug_struct("SecretSources").field("given", &names).field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl SecretSources {
    /// The files of a folder, if there is one, and the environment.
    #[must_use]
    pub fn of_machine(folder: Option<PathBuf>) -> Self {
        Self { given: BTreeMap::new(), folder, environment: true }
    }
}

impl Secrets for SecretSources {
    fn secret(&self, name: &str) -> Option<String> {
        let given = || self.given.get(name).cloned();
        let file = || self.folder.as_deref().and_then(|folder| read(folder, name));
        let variable = || self.environment.then(|| std::env::var(variable_of(name)).ok()).flatten();
        given().or_else(file).or_else(variable)
    }
}

/// The content of a secret's file. A name that leads out of the folder has none.
fn read(folder: &Path, name: &str) -> Option<String> {
    let name = Path::new(name);
    if !name.components().all(|component| matches!(component, Component::Normal(_))) {
        return None;
    }
    let mut text = std::fs::read_to_string(folder.join(name)).ok()?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Some(text)
}

/// The environment variable of a secret: what is neither a letter nor a digit becomes an underscore.
fn variable_of(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    PREFIX.chars().chain(name.chars().map(plain)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_values_come_before_files_and_names_stay_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("subscriptions/ada")).unwrap();
        std::fs::write(folder.path().join("subscriptions/ada/primary-key"), "from file\r\n").unwrap();
        std::fs::write(folder.path().join("both"), "file").unwrap();
        let outside = folder.path().join("below");
        std::fs::create_dir(&outside).unwrap();
        let given = BTreeMap::from([("both".to_owned(), "given".to_owned())]);
        let sources = SecretSources { given, folder: Some(folder.path().into()), environment: false };
        let secret = |name: &str| sources.secret(name);
        assert_eq!(secret("subscriptions/ada/primary-key").as_deref(), Some("from file"));
        assert_eq!(secret("both").as_deref(), Some("given"));
        let below = SecretSources { folder: Some(outside), ..SecretSources::default() };
        for escaping in ["../both", "/etc/hostname", "", ".."] {
            assert_eq!(below.secret(escaping), None, "{escaping}");
        }
        assert!(!format!("{sources:?}").contains("\"given\"}"), "values are not shown");
    }

    #[test]
    fn variables_are_named_after_secrets() {
        assert_eq!(variable_of("backends/a/header/x-key"), "TOLLGATE_SECRET_BACKENDS_A_HEADER_X_KEY");
    }
}
