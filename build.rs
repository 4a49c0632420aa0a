//! What the records of a bench say of the program: target, profile, compiler, commit.
//!
//! The commit is that of the checkout, asked of git for a release build alone (what is measured is a
//! release build, and others need not be built anew after each commit). `COMITY_COMMIT` says it where
//! there is no git; else it is `unknown`. Nothing here makes a build fail.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=COMITY_COMMIT");
    let profile = variable("PROFILE");
    let rustc = output(Command::new(variable("RUSTC")).arg("--version"));
    let commit = match std::env::var("COMITY_COMMIT") {
        Ok(commit) if !commit.is_empty() => Some(commit),
        _ if profile == "release" => commit(),
        _ => None,
    };
    let told = [
        ("TARGET", variable("TARGET")),
        ("PROFILE", profile),
        ("RUSTC", rustc.unwrap_or_else(unknown)),
        ("COMMIT", commit.unwrap_or_else(unknown)),
    ];
    for (name, value) in told {
        // WHY: a line break would end the line that cargo reads.
        let value = value.replace(['\n', '\r'], " ");
        println!("cargo:rustc-env=COMITY_BUILD_{name}={value}");
    }
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| unknown())
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned())
}

fn git(arguments: &[&str]) -> Option<String> {
    output(Command::new("git").args(arguments))
}

/// The commit of the checkout, `+changes` where tracked files differ from it.
fn commit() -> Option<String> {
    // WHY: an unpacked package may lie in the checkout of something else.
    let top = Path::new(&git(&["rev-parse", "--show-toplevel"])?).canonicalize().ok()?;
    if Path::new(&variable("CARGO_MANIFEST_DIR")).canonicalize().ok()? != top {
        return None;
    }
    let commit = git(&["rev-parse", "HEAD"])?;
    let branch = git(&["symbolic-ref", "-q", "HEAD"]).unwrap_or_else(|| "HEAD".to_owned());
    for name in ["HEAD", branch.as_str(), "packed-refs"] {
        let path = git(&["rev-parse", "--git-path", name]);
        // WHY: a path that is not there would make cargo ask anew each time.
        if let Some(path) = path.filter(|path| Path::new(path).exists()) {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    for path in ["src", "Cargo.toml", "Cargo.lock"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let changes = git(&["status", "--porcelain", "--untracked-files=no"])?;
    Some(if changes.is_empty() { commit } else { commit + "+changes" })
}
