//! The committed documents.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The JSON files directly in a folder, in the order of their names.
pub(crate) fn json_files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(home().join(folder))
        .expect(folder)
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{folder} has no documents");
    files
}

/// Every valid instance that is committed, name and text.
pub(crate) fn instances() -> Vec<(String, Vec<u8>)> {
    let mut paths = json_files("instances");
    paths.extend(json_files("instances/tiny"));
    paths.push(home().join("instances/corrupt/base.json"));
    paths.iter().map(|path| named(path)).collect()
}

/// Every solution that is committed, right or wrong, name and text.
pub(crate) fn solutions() -> Vec<(String, Vec<u8>)> {
    let paths = json_files("instances/corrupt");
    paths.iter().filter(|path| !path.ends_with("base.json")).map(|path| named(path)).collect()
}

fn named(path: &Path) -> (String, Vec<u8>) {
    let text = fs::read(path).expect("a document");
    (path.display().to_string(), text)
}
