//! `kliping eval` on the topics of the seeds.

use super::support::Kliping;

const TOPICS: [&str; 4] = ["--queries", "tests/relevance/topics.tsv", "--qrels", "tests/relevance/qrels.txt"];

#[test]
fn the_ranking_of_the_seeds_keeps_its_floor() {
    let kliping = Kliping::with_seeds();
    let report = kliping.json(["eval", "--format", "json"].iter().chain(&TOPICS));
    assert_eq!(report["schema"], "kliping.eval/1");
    let mean = &report["runs"][0]["mean"];
    // These floors only ever rise.
    assert!(mean["ndcg"].as_f64() >= Some(0.95), "{mean}");
    assert!(mean["recall"].as_f64() >= Some(1.0), "{mean}");
}

#[test]
fn runs_are_measured_and_compared() {
    let kliping = Kliping::new();
    let run = "tests/relevance/run.txt";
    let arguments = ["eval", "--qrels", "tests/relevance/qrels.txt", "--run", run, "--run", run];
    insta::assert_snapshot!(kliping.out(arguments));
}

#[test]
fn a_malformed_line_is_named() {
    let kliping = Kliping::new();
    let file = kliping.write("qrels.txt", "q1 0 a\n");
    let ran = kliping.run(["eval", "--run", "tests/relevance/run.txt", "--qrels", file.to_str().unwrap()]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is not `topic iteration article grade`"), "{}", ran.err);
}
