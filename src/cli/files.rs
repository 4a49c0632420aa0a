//! Files and streams: whole reads, and writes that leave all or nothing.

use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::ErrorFormat;
use super::{Failure, paint};
use crate::diagnostic::{Diagnostic, locate, render_json, render_text};

/// Whether standard input has been read.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Reads a whole file, or standard input for `-`, which can be read once.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if path == Path::new("-") {
        if TAKEN.swap(true, Ordering::Relaxed) {
            let message = "`-` stands twice, but standard input can be read only once";
            return Err(Failure::Usage(message.to_owned()));
        }
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|e| Failure::Usage(format!("cannot read `{}`: {e}", path.display())))
}

/// The folder in which a file is written.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Fails before the work when the output has nowhere to go.
pub(super) fn expect_folder(path: &Path) -> Result<(), Failure> {
    let folder = folder_of(path);
    if path == Path::new("-") || folder.is_dir() {
        return Ok(());
    }
    let folder = folder.display();
    Err(Failure::Usage(format!("cannot write `{}`: there is no folder `{folder}`", path.display())))
}

/// The file itself, where the path is or has links.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Whether both are one file, or both say `-`.
pub(super) fn same(a: &Path, b: &Path) -> bool {
    real(a) == real(b)
}

/// Fails before the work when the output would take the place of what is read.
pub(super) fn expect_other(output: &Path, read: &[&Path]) -> Result<(), Failure> {
    // Standard output takes the place of nothing.
    let over = |path: &&&Path| output != Path::new("-") && same(output, path);
    match read.iter().find(over) {
        None => Ok(()),
        Some(path) => {
            let message = format!("`{}` is read and would be written over", path.display());
            Err(Failure::Usage(message))
        }
    }
}

/// Writes a whole file, or standard output for `-`.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    put(path, |out| out.write_all(bytes))
}

/// The same for a text that is not held whole.
pub(super) fn stream(
    path: &Path,
    text: impl FnOnce(&mut dyn std::fmt::Write) -> std::fmt::Result,
) -> Result<(), Failure> {
    put(path, |out| {
        let mut out = Words { out: BufWriter::with_capacity(1 << 16, out), failed: None };
        let written = text(&mut out);
        match (out.failed, written) {
            (Some(error), _) => Err(error),
            (None, Err(error)) => Err(std::io::Error::other(error)),
            (None, Ok(())) => out.out.flush(),
        }
    })
}

/// Text into a stream of bytes, whose failure is kept.
struct Words<W: Write> {
    out: BufWriter<W>,
    failed: Option<std::io::Error>,
}

impl<W: Write> std::fmt::Write for Words<W> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.out.write_all(text.as_bytes()).map_err(|error| {
            self.failed = Some(error);
            std::fmt::Error
        })
    }
}

/// Writes a file or standard output, in as many pieces as it takes.
///
/// A file is written beside its place and then moved there: an interrupted write leaves nothing.
fn put(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let cannot =
        |e: std::io::Error| Failure::Usage(format!("cannot write `{}`: {e}", path.display()));
    if path == Path::new("-") {
        let mut out = std::io::stdout().lock();
        return match fill(&mut out).and_then(|()| out.flush()) {
            // WHY: a reader that has seen enough (`| head`) is no failure.
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            result => result.map_err(cannot),
        };
    }
    // WHY: what is not a regular file, a device say, is written to, never replaced.
    if path.metadata().is_ok_and(|meta| !meta.is_file()) {
        let open = std::fs::OpenOptions::new().write(true).open(path);
        return open.and_then(|mut file| fill(&mut file)).map_err(cannot);
    }
    // WHY: a link stays one, and what it points to is written.
    let path = &real(path);
    let folder = folder_of(path);
    let mut file = tempfile::Builder::new()
        .prefix(".comity-")
        .permissions_like(path)
        .tempfile_in(&folder)
        .map_err(cannot)?;
    fill(&mut file).map_err(cannot)?;
    file.as_file().sync_all().map_err(cannot)?;
    file.persist(path).map_err(|e| cannot(e.error))?;
    Ok(())
}

/// A temporary file is private; what the user gets has the rights that a new file would have.
trait PermissionsLike {
    fn permissions_like(&mut self, path: &Path) -> &mut Self;
}

impl PermissionsLike for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_like(&mut self, path: &Path) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        let mode = path.metadata().map_or(0o666, |meta| meta.permissions().mode() & 0o777);
        self.permissions(std::fs::Permissions::from_mode(mode))
    }
    #[cfg(not(unix))]
    fn permissions_like(&mut self, _: &Path) -> &mut Self {
        self
    }
}

/// Writes findings to standard error, located in the text.
pub(super) fn show_findings(name: &str, text: &[u8], findings: &[Diagnostic], format: ErrorFormat) {
    let mut findings = findings.to_vec();
    locate(text, &mut findings);
    match format {
        ErrorFormat::Human => {
            paint::to_stderr(render_text(name, &findings).trim_end(), paint::findings);
        }
        ErrorFormat::Json => {
            paint::to_stderr(render_json(&findings).trim_end(), str::to_owned);
        }
    }
}
