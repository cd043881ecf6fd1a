//! Answers that are asked for again.

use super::support::Kliping;

#[test]
fn an_answer_can_be_asked_for_again() {
    let kliping = Kliping::with_seeds();
    let arguments = ["search", "--format", "json", "--since", "2025", "-n", "2", "--recency", "1y", "china AI"];
    let file = kliping.write("answer.json", kliping.out(arguments));
    let verify = || kliping.run(["search", "--verify", file.to_str().unwrap()]);
    let same = verify();
    assert_eq!((same.status, same.out.as_str()), (0, "the index gives the same answer\n"));
    assert_eq!(kliping.run(["remove", "002_78c7bee98fa67bd0.txt"]).status, 0);
    let other = verify();
    assert_eq!(other.status, 1);
    assert!(other.out.starts_with("the answer came from another index or from this one before"), "{}", other.out);
    assert!(other.out.contains("3 articles matched and 2 match"), "{}", other.out);
    assert!(other.out.contains("rank 1 had `002_78c7bee98fa67bd0.txt` and has "), "{}", other.out);
    for text in ["", "{}", "[]", "{\"schema\":\"kliping.search/1\",\"hits\":[]}"] {
        let unread = kliping.write("other.json", text);
        let ran = kliping.run(["search", "--verify", unread.to_str().unwrap()]);
        assert_eq!(ran.status, 2, "{text}");
        assert!(ran.err.contains("is not an answer"), "{}", ran.err);
    }
}

#[test]
fn all_that_an_answer_shows_is_compared() {
    let kliping = Kliping::with_seeds();
    let arguments = ["search", "--format", "json", "--facets", "source,year", "-n", "2", "china AI"];
    let answer = kliping.json(arguments);
    let differences = |change: fn(&mut serde_json::Value)| {
        let mut changed = answer.clone();
        change(&mut changed);
        let file = kliping.write("answer.json", changed.to_string());
        kliping.run(["search", "--verify", file.to_str().unwrap()]).out
    };
    assert_eq!(differences(|_| ()), "the index gives the same answer\n");
    assert_eq!(differences(|a| a["facets"][1]["values"][0]["stories"] = 99.into()), "the counts by year are others\n");
    assert!(differences(|a| a["stories"] = 99.into()).starts_with("the number of stories was 99 and is "));
    let hit = |change| differences(change);
    assert_eq!(hit(|a| a["hits"][1]["title"] = "Lain".into()), "rank 2 shows another title\n");
    assert_eq!(hit(|a| a["hits"][1]["date"] = "1999".into()), "rank 2 shows another date\n");
    assert_eq!(hit(|a| a["hits"][0]["source"] = "lain".into()), "rank 1 shows another source\n");
    assert_eq!(hit(|a| a["hits"][0]["snippets"][0]["text"] = "lain".into()), "rank 1 shows another snippet\n");
    assert_eq!(hit(|a| a["hits"][0]["copies"]["count"] = 7.into()), "rank 1 shows another list of copies\n");
    let few = kliping.out(["search", "--format", "json", "--fields", "title", "china AI"]);
    let file = kliping.write("few.json", few);
    assert_eq!(kliping.out(["search", "--verify", file.to_str().unwrap()]), "the index gives the same answer\n");
}

#[test]
fn an_answer_is_asked_for_again_as_it_was_asked_for() {
    let kliping = Kliping::with_seeds();
    let file = kliping.write("answer.json", kliping.out(["search", "--format", "json", "china"]));
    for option in ["--sort=newest", "--since=2020", "-n3", "--facets=year", "--format=json", "--duplicates=show"] {
        let ran = kliping.run(["search", "--verify", file.to_str().unwrap(), option]);
        assert_eq!(ran.status, 2, "{option}");
        assert!(ran.err.contains("cannot be used with"), "{}", ran.err);
    }
}

#[test]
fn the_answers_to_a_list_can_be_asked_for_again() {
    let kliping = Kliping::with_seeds();
    let topics = kliping.write("topics.tsv", "q1\tkuantum\nq2\tchina\nq3\tzzzz\n");
    let list = kliping.run(["search", "--format", "json", "--queries", topics.to_str().unwrap()]).out;
    let single = kliping.out(["search", "--format", "json", "robot"]);
    let file = kliping.write("answers.json", list + &single);
    let verify = || kliping.run(["search", "--verify", file.to_str().unwrap()]);
    let same = verify();
    assert_eq!((same.status, same.out.as_str()), (0, "the index gives the same 4 answers\n"));
    assert_eq!(kliping.run(["remove", "000_b00046d57d8c8067.txt"]).status, 0);
    let other = verify();
    assert_eq!(other.status, 1);
    assert!(other.out.contains("q1: 1 article matched and 0 match\n"), "{}", other.out);
    assert!(other.out.ends_with(" of 4 answers are different\n"), "{}", other.out);
}

#[test]
fn a_page_behind_a_cursor_can_be_asked_for_again() {
    let kliping = Kliping::with_seeds();
    let first = kliping.json(["search", "--format", "json", "-n", "1", "china"]);
    let next = first["next"].as_str().unwrap();
    let second = kliping.out(["search", "--format", "json", "-n", "1", "--after", next, "china"]);
    let file = kliping.write("answer.json", second);
    assert_eq!(kliping.run(["search", "--verify", file.to_str().unwrap()]).status, 0);
}
