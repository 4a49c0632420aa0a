//! What a record says of the program and the machine.

use crate::bench::{Machine, Software};

/// This comity.
pub(super) fn software() -> Software {
    let features = if cfg!(feature = "highs") { vec!["highs".to_owned()] } else { Vec::new() };
    Software {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: env!("COMITY_BUILD_COMMIT").to_owned(),
        rustc: env!("COMITY_BUILD_RUSTC").to_owned(),
        target: env!("COMITY_BUILD_TARGET").to_owned(),
        profile: env!("COMITY_BUILD_PROFILE").to_owned(),
        features,
    }
}

/// This machine; what only Linux tells is nothing elsewhere.
pub(super) fn machine() -> Machine {
    let cores = std::thread::available_parallelism().ok();
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let os = format!("{} {} {}", std::env::consts::OS, std::env::consts::ARCH, release.trim());
    let memory = entry("/proc/meminfo", "MemTotal");
    let kibibytes = memory.and_then(|text| text.trim_end_matches("kB").trim().parse::<u64>().ok());
    Machine {
        cpu: entry("/proc/cpuinfo", "model name"),
        cores: cores.and_then(|cores| u32::try_from(cores.get()).ok()),
        memory_bytes: kibibytes.map(|size| size.saturating_mul(1024)),
        os: os.trim().to_owned(),
    }
}

/// What the first line of this key says in a file of `key : value` lines.
fn entry(path: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let mut lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().to_owned())
}
