//! Generates the parser from the grammar.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    lalrpop::Configuration::new()
        .emit_rerun_directives(true)
        .set_in_dir("src")
        .set_out_dir(std::env::var("OUT_DIR")?)
        .process()?;
    Ok(())
}
