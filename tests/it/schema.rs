//! The JSON of `search` is what `docs/search.schema.json` says.

use serde_json::Value;

use super::support::{Kliping, PROJECT};

/// Checks `value` against the parts of JSON Schema that the document uses.
fn check(schema: &Value, root: &Value, value: &Value, place: &str) {
    let object = schema.as_object().unwrap();
    for (keyword, wanted) in object {
        match keyword.as_str() {
            "$ref" => check(resolve(root, wanted.as_str().unwrap()), root, value, place),
            "type" => assert!(has_type(value, wanted), "{place} is {value}, not {wanted}"),
            "const" => assert_eq!(value, wanted, "{place}"),
            "enum" => assert!(wanted.as_array().unwrap().contains(value), "{place} is {value}, not one of {wanted}"),
            "minimum" => assert!(value.is_null() || value.as_f64() >= wanted.as_f64(), "{place} is {value}"),
            "maxItems" => assert!(value.as_array().unwrap().len() as u64 <= wanted.as_u64().unwrap(), "{place}"),
            "items" => {
                for (index, item) in value.as_array().unwrap().iter().enumerate() {
                    check(wanted, root, item, &format!("{place}[{index}]"));
                }
            }
            "required" => {
                for name in wanted.as_array().unwrap() {
                    assert!(value.get(name.as_str().unwrap()).is_some(), "{place} has no {name}");
                }
            }
            "properties" => check_properties(wanted, root, value, place),
            "$schema" | "$id" | "$defs" | "title" | "description" => {}
            other => panic!("this test does not know the keyword `{other}`"),
        }
    }
}

/// Checks the fields of an object; a field the schema does not describe is a fault here, though
/// readers have to pass over it.
fn check_properties(properties: &Value, root: &Value, value: &Value, place: &str) {
    for (name, field) in value.as_object().unwrap() {
        let schema = properties.get(name).unwrap_or_else(|| panic!("{place}.{name} is not in the schema"));
        check(schema, root, field, &format!("{place}.{name}"));
    }
}

fn resolve<'a>(root: &'a Value, reference: &str) -> &'a Value {
    root.pointer(reference.strip_prefix('#').unwrap()).unwrap()
}

fn has_type(value: &Value, wanted: &Value) -> bool {
    match wanted {
        Value::Array(several) => several.iter().any(|one| has_type(value, one)),
        one => match one.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_u64(),
            "number" => value.is_number(),
            "null" => value.is_null(),
            other => panic!("this test does not know the type `{other}`"),
        },
    }
}

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(format!("{PROJECT}/docs/search.schema.json")).unwrap()).unwrap()
}

#[test]
fn responses_are_what_the_schema_says() {
    let (schema, kliping) = (schema(), Kliping::with_seeds());
    for query in [
        "kecerdasan buatan",
        "AI +AS",
        "\"Jing Jin Ji\" di",
        "harga \"beras",
        "kecerdsan buatn",
        "zzzz",
        "+(china OR kuantu*)^2 tanggal:2026 judul:teknolgi~ -sumber:x url:0 \"jing ji\"~2 (",
    ] {
        let ran = kliping.run(["search", "--format", "json", "--facets", "source,year", "--explain", query]);
        check(&schema, &schema, &serde_json::from_str(&ran.out).unwrap(), "$");
    }
}

#[test]
fn lists_and_lines_hold_what_the_schema_says() {
    let (schema, kliping) = (schema(), Kliping::with_seeds());
    let list = kliping.json(["search", "--format", "json", "--queries", "tests/relevance/topics.tsv"]);
    assert_eq!(list["schema"], "kliping.searches/1");
    list["searches"].as_array().unwrap().iter().for_each(|response| check(&schema, &schema, response, "$"));
    for line in kliping.out(["search", "--format", "jsonl", "china"]).lines() {
        let mut hit: Value = serde_json::from_str(line).unwrap();
        let fields = hit.as_object_mut().unwrap();
        assert_eq!(fields.remove("schema"), Some("kliping.hit/1".into()));
        assert_eq!(fields.remove("query_id"), Some("1".into()));
        check(&schema["$defs"]["hit"], &schema, &hit, "$");
        let described = schema["$defs"]["hit"]["properties"].as_object().unwrap().keys();
        let missing: Vec<&String> = described.filter(|name| hit.get(name).is_none()).collect();
        assert_eq!(missing, ["explanation"], "all that is described is there where nothing else is asked for");
    }
}

#[test]
fn chosen_fields_are_what_the_schema_says() {
    let (schema, kliping) = (schema(), Kliping::with_seeds());
    let json = kliping.json(["search", "--format", "json", "--fields", "title,copies", "china"]);
    check(&schema, &schema, &json, "$");
    assert!(json["hits"][0].as_object().unwrap().keys().eq(["copies", "title"]));
}
