//! `tollgate test` as a program: which files it finds, what it prints, and how it ends.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Exit status, standard output and standard error of a run in a folder.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
    let output =
        command.arg("test").args(arguments).current_dir(folder).env_remove("UPDATE").output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }
}

const POLICY: &str = "<policies><inbound><base /></inbound><backend><base /></backend><outbound><base />\
    <set-header name=\"X-Region\"><value>{{region}}</value></set-header></outbound><on-error /></policies>";

/// An instance with one API, a product and a case file.
fn instance(folder: &Path) {
    let api = r#"{"properties": {"displayName": "Cars", "path": "cars", "protocols": ["https"],
        "serviceUrl": "https://cars.example/api", "subscriptionRequired": true}}"#;
    let operation = r#"{"properties": {"displayName": "Get", "method": "GET", "urlTemplate": "/{id}",
        "templateParameters": [{"name": "id", "type": "string", "required": true}]}}"#;
    write(
        folder,
        &[
            (
                "policy.xml",
                "<policies><inbound /><backend><forward-request /></backend><outbound /><on-error /></policies>",
            ),
            ("apis/cars/apiInformation.json", api),
            ("apis/cars/policy.xml", POLICY),
            ("apis/cars/operations/get/operationInformation.json", operation),
            (
                "namedValues/region/namedValueInformation.json",
                r#"{"properties": {"displayName": "region", "value": "west"}}"#,
            ),
            (
                "subscriptions/team/subscriptionInformation.json",
                r#"{"properties": {"displayName": "Team", "scope": "/apis", "state": "active", "primaryKey": "k1"}}"#,
            ),
            ("configuration.prod.yaml", "namedValues:\n- name: region\n  properties:\n    value: north\n"),
            ("tests/cars.md", CASES),
        ],
    );
}

const CASES: &str = r#"# Cars

## A car comes from the backend

```http
GET /cars/7?subscription-key=k1 → 200
X-Region: west

{ "id": 7 }
```

```http backend
GET https://cars.example/api/7?subscription-key=k1 → 200

{"id":7}
```

## Nobody comes in without a key

```http
GET /cars/7 → 401
```
"#;

#[test]
fn the_cases_of_an_instance_go_through_its_routes_and_keys() {
    let folder = tempfile::tempdir().unwrap();
    instance(folder.path());
    let (status, out, err) = run(folder.path(), &[]);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "2 cases passed\n", ""));
    let (status, out, _) = run(&folder.path().join("tests"), &["cars.md", "--filter", "key"]);
    assert_eq!((status, out.as_str()), (0, "1 case passed\n"));
}

#[test]
fn an_environment_changes_the_instance_and_failures_are_told() {
    let folder = tempfile::tempdir().unwrap();
    instance(folder.path());
    let (status, out, err) = run(folder.path(), &["--env", "prod"]);
    assert_eq!((status, out.as_str()), (1, "1 of 2 cases failed\n"));
    assert!(err.contains("tests/cars.md:7: A car comes from the backend\n"), "{err}");
    assert!(err.contains("    - X-Region: west\n    + X-Region: north\n"), "{err}");
    let (status, out, _) = run(folder.path(), &["--env", "prod", "--format", "json"]);
    let cases: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &cases[0]["status"], &cases[1]["status"]), (1, &"failed".into(), &"passed".into()));
    let (status, _, err) = run(folder.path(), &["--env", "test"]);
    assert_eq!(status, 2);
    assert!(err.contains("there is no environment `test`"), "{err}");
}

#[test]
fn what_is_expected_is_rewritten_on_request() {
    let folder = tempfile::tempdir().unwrap();
    instance(folder.path());
    let (status, ..) = run(folder.path(), &["--env", "prod", "--update"]);
    assert_eq!(status, 0);
    let text = fs::read_to_string(folder.path().join("tests/cars.md")).unwrap();
    assert_eq!(text, CASES.replace("X-Region: west", "X-Region: north"));
}

#[test]
fn a_file_that_is_no_case_file_and_a_folder_without_cases_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (status, _, err) = run(folder.path(), &[]);
    assert_eq!(status, 2);
    assert!(err.contains("there are no case files here"), "{err}");
    write(folder.path(), &[("cases/a.md", "## A\n\n```xml inbuond\n<base />\n```\n\n```http\nGET / → 200\n```\n")]);
    let (status, _, err) = run(folder.path(), &[]);
    assert_eq!(status, 1);
    assert!(err.contains("cases/a.md:3: cannot be read\n    `inbuond` is neither a section nor a scope"), "{err}");
}
