//! The `comity` command.

fn main() -> std::process::ExitCode {
    comity::cli::main()
}
