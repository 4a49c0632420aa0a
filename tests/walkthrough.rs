//! docs/write-a-rule.md, run as it stands: its JSON goes into the instance, its commands are run,
//! and their output is what the page shows.
//!
//! After a change that is meant, run with `COMITY_BLESS=1`: it writes the outputs into the page.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::files::home;
use serde_json::Value;

const PAGE: &str = "docs/write-a-rule.md";

/// A fenced block: its language and its lines.
struct Block {
    language: String,
    first_line: usize,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in page.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            open = !open;
            if open {
                let language = language.to_owned();
                found.push(Block { language, first_line: number + 1, text: String::new() });
            }
        } else if let Some(block) = found.last_mut().filter(|_| open) {
            block.text.push_str(line);
            block.text.push('\n');
        }
    }
    found
}

/// What the commands print, those of `solve` left out: its figures are not what the page is about.
fn run(commands: &str, folder: &Path) -> String {
    let mut printed = String::new();
    for line in commands.lines() {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some("comity"), "{line}");
        let output = Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(words)
            .current_dir(folder)
            .output()
            .expect("the program runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {errors}");
        printed.push_str(&String::from_utf8_lossy(&output.stdout));
    }
    printed
}

#[test]
fn the_page_does_what_it_says() {
    let page = fs::read_to_string(home().join(PAGE)).expect(PAGE);
    let blocks = blocks(&page);
    let json: Vec<Value> = blocks
        .iter()
        .filter(|block| block.language == "json")
        .map(|block| serde_json::from_str(&block.text).expect("JSON"))
        .collect();
    let [rules, waivers] = json.as_slice() else { panic!("{} blocks of JSON", json.len()) };
    let text = fs::read_to_string(home().join("instances/tiny/shareholder.json")).expect("it");
    let mut instance: Value = serde_json::from_str(&text).expect("JSON");
    let folder = std::env::temp_dir().join(format!("comity-walkthrough-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, value: &Value| {
        fs::write(folder.join(name), value.to_string()).expect("written");
    };
    write("shareholder.json", &instance);
    instance["policy"]["conflict_rules"] = rules.clone();
    write("with-rule.json", &instance);
    instance["waivers"] = waivers.clone();
    write("with-waiver.json", &instance);

    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let mut outputs = Vec::new();
    // From the end, so that a longer output does not move the places of those before it.
    let pairs: Vec<(&Block, &Block)> = blocks
        .windows(2)
        .filter(|pair| pair[0].language == "sh")
        .map(|pair| (&pair[0], &pair[1]))
        .collect();
    assert_eq!(pairs.len(), 5, "commands with their output");
    for (commands, shown) in &pairs {
        assert_eq!(shown.language, "text");
        outputs.push((shown, run(&commands.text, &folder)));
    }
    fs::remove_dir_all(&folder).expect("removed");
    if std::env::var_os("COMITY_BLESS").is_some() {
        for (shown, output) in outputs.iter().rev() {
            let length = shown.text.lines().count();
            let new = output.lines().map(str::to_owned);
            lines.splice(shown.first_line..shown.first_line + length, new);
        }
        fs::write(home().join(PAGE), lines.join("\n") + "\n").expect("written");
        return;
    }
    for (shown, output) in &outputs {
        assert_eq!(&shown.text, output, "after line {} of {PAGE}", shown.first_line);
    }

    // And what the page claims in words.
    assert!(outputs[0].1.contains("ada") == outputs[0].1.contains("shareholder-service"));
    let panels: Vec<bool> = [1, 3, 4].map(|i| outputs[i].1.contains("panel: ada")).to_vec();
    println!("{panels:?}");
    assert!(outputs[2].1.contains("shareholder-service"));
    assert!(outputs[2].1.contains("ada-at-the-fund"));
    assert!(outputs[3].1.contains("everything holds"));
    assert!(outputs[4].1.contains("shareholder-service"));
}

/// A waiver by one party changes nothing.
#[test]
fn one_party_alone_waives_nothing() {
    let page = fs::read_to_string(home().join(PAGE)).expect(PAGE);
    let json: Vec<Value> = blocks(&page)
        .iter()
        .filter(|block| block.language == "json")
        .map(|block| serde_json::from_str(&block.text).expect("JSON"))
        .collect();
    let text = fs::read_to_string(home().join("instances/tiny/shareholder.json")).expect("it");
    let mut instance: Value = serde_json::from_str(&text).expect("JSON");
    let panel = |instance: &Value| {
        let document = serde_json::from_value(instance.clone()).expect("an instance");
        common::solve(&document).assignments[0].panel[0].mediator.clone()
    };
    assert_eq!(panel(&instance), "ada");
    instance["policy"]["conflict_rules"] = json[0].clone();
    assert_eq!(panel(&instance), "ben");
    instance["waivers"] = json[1].clone();
    assert_eq!(panel(&instance), "ada");
    instance["waivers"][0]["by"] = serde_json::json!(["claimant"]);
    assert_eq!(panel(&instance), "ben");
    instance["waivers"][0]["by"] = serde_json::json!(["claimant", "respondent"]);
    instance["waivers"][0]["express"] = serde_json::json!(false);
    assert_eq!(panel(&instance), "ben");
}
