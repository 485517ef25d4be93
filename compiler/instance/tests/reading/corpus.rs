//! Published instances and specifications, where a checkout has them beside it.

use std::path::{Path, PathBuf};

use instance::{Instance, Options};

use crate::support::shown;

/// The folder of shared test data, if this checkout has one.
fn shared() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("TOLLGATE_SHARED") {
        return Some(PathBuf::from(folder));
    }
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    checkout.ancestors().map(|folder| folder.join("shared")).find(|folder| folder.join("corpus").is_dir())
}

#[test]
fn published_instances_give_every_policy() {
    let Some(shared) = shared() else {
        println!("skipped: there is no folder of shared test data beside this checkout");
        return;
    };
    let folders = [
        "Azure+apiops/SampleArtifacts",
        "PeterLemmen+apiops-dev/apimartifacts",
        "christopherhouse+Gore-ApiOps-Demo/apimartifacts",
    ];
    for folder in folders {
        let folder = shared.join("corpus/real").join(folder);
        let options = Options { environment: None, variables: &|_| None };
        let (instance, diagnostics) = Instance::read(&folder, &options).expect("the folder is there");
        // These folders hold policies alone, and that is all there is to say of them.
        assert!(diagnostics.iter().all(|d| d.rule.id == "instance/missing-information"), "{:#?}", shown(&diagnostics));
        let apis = std::fs::read_dir(folder.join("apis")).expect("the folder is there").count();
        assert_eq!(instance.service.apis.len(), apis, "{}", folder.display());
        assert_eq!(instance.documents().len(), count(&folder), "{}", folder.display());
    }
}

/// The policy files below a folder.
fn count(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { count(&path) } else { usize::from(path.ends_with("policy.xml")) }).sum()
}

#[test]
fn a_published_specification_with_files_beside_it_is_read() {
    let Some(shared) = shared() else {
        println!("skipped: there is no folder of shared test data beside this checkout");
        return;
    };
    let specification = shared.join("corpus/cars/openapi");
    let folder = tempfile::tempdir().expect("a folder");
    let api = folder.path().join("apis/cars");
    std::fs::create_dir_all(api.join("components")).expect("a folder");
    std::fs::write(api.join("apiInformation.json"), r#"{ "properties": { "path": "cars" } }"#).expect("a file");
    std::fs::copy(specification.join("cars-api.yaml"), api.join("specification.yaml")).expect("a file");
    let problems = "components/problem-details.yaml";
    std::fs::copy(specification.join(problems), api.join(problems)).expect("a file");

    let options = Options { environment: None, variables: &|_| None };
    let (instance, diagnostics) = Instance::read(folder.path(), &options).expect("the folder is there");
    assert_eq!(shown(&diagnostics), Vec::<String>::new());
    let api = instance.service.apis.get("cars").expect("the API");
    assert_eq!(api.service_url.as_deref(), Some("https://api.example.com/v1"));
    assert_eq!(api.operations.names().collect::<Vec<_>>(), ["listCars", "getCarById"]);
    let car = api.operations.get("getcarbyid").expect("the operation");
    assert_eq!(
        api.example_for(car, 200, Some("application/json"), None).body,
        r#"{"id":1,"make":"Toyota","model":"Supra","year":1995,"driver":"Brian O'Conner","specs":"2JZ engine, nitro boost"}"#
    );
    for status in [401, 403, 404, 429, 500] {
        let mock = api.example_for(car, status, None, None);
        assert_eq!(mock.content_type.as_deref(), Some("application/problem+json"), "{status}");
        assert!(mock.body.contains(&format!("\"status\":{status}")), "{status}: {}", mock.body);
    }
}
