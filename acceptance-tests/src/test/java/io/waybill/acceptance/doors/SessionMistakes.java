package io.waybill.acceptance.doors;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that can be wrong with a request about an open session of two parts. */
final class SessionMistakes {
  private static final String INVALID = "request.field_invalid";
  private static final String PRESIGN = "presign_parts";
  private static final String ACKNOWLEDGE = "acknowledge_part";

  private final TwoPartUpload.Begun open;
  private final Strangers strangers;

  SessionMistakes(TwoPartUpload.Begun open, Strangers strangers) {
    this.open = open;
    this.strangers = strangers;
  }

  Stream<Mistake> all() {
    return Stream.of(presign(), acknowledge(), others(), foreign()).flatMap(List::stream);
  }

  private List<Mistake> presign() {
    String parts = "part_numbers ";
    String beyond = parts + "upload.part_out_of_range";
    String many = parts + "upload.too_many_parts";
    return List.of(
        wrong("part 0", PRESIGN, "\"part_numbers\":[0]", beyond),
        wrong("part -1", PRESIGN, "\"part_numbers\":[-1]", beyond),
        wrong("part 3 of 2", PRESIGN, "\"part_numbers\":[1,3]", beyond),
        wrong("part 2147483647", PRESIGN, "\"part_numbers\":[2147483647]", beyond),
        wrong(
            "part 2147483648",
            PRESIGN,
            "\"part_numbers\":[2147483648]",
            "part_numbers[0] request.out_of_range"),
        wrong(
            "part one and a half",
            PRESIGN,
            "\"part_numbers\":[1.5]",
            "part_numbers[0] request.field_type"),
        wrong(
            "part \"1\"",
            PRESIGN,
            "\"part_numbers\":[\"1\"]",
            "part_numbers[0] request.field_type"),
        wrong("no part", PRESIGN, "\"part_numbers\":[]", many),
        wrong("a part twice", PRESIGN, "\"part_numbers\":[1,1]", parts + "upload.part_repeated"),
        wrong("101 parts", PRESIGN, "\"part_numbers\":[" + numbers(101) + "]", many, beyond),
        wrong("nothing named", PRESIGN, "\"encoding\":\"full\"", parts + "request.field_required"),
        wrong(
            "a list and a range",
            PRESIGN,
            "\"part_numbers\":[1],\"part_number_start\":1,\"part_number_end\":2",
            parts + "request.conflict"),
        wrong(
            "a range without an end",
            PRESIGN,
            "\"part_number_start\":1",
            "part_number_end request.field_required"),
        wrong(
            "a range of 2 billion",
            PRESIGN,
            "\"part_number_start\":1,\"part_number_end\":2147483647",
            many,
            beyond),
        wrong(
            "a range that runs backwards",
            PRESIGN,
            "\"part_number_start\":2,\"part_number_end\":1",
            many),
        wrong(
            "a life of 59 s",
            PRESIGN,
            "\"part_numbers\":[1],\"expires_in_seconds\":59",
            "expires_in_seconds upload.url_life_out_of_range"),
        wrong(
            "a life of more than 6 h",
            PRESIGN,
            "\"part_numbers\":[1],\"expires_in_seconds\":21601",
            "expires_in_seconds upload.url_life_out_of_range"),
        wrong(
            "checksums where the policy has none",
            PRESIGN,
            "\"part_numbers\":[1],\"checksums\":{\"1\":\"AAAAAA==\"}",
            "checksums upload.checksums_not_supported"));
  }

  private List<Mistake> acknowledge() {
    String part = "parts[0].";
    return List.of(
        wrong(
            "part 3 of 2",
            ACKNOWLEDGE,
            TwoPartUpload.sent(3, "\"e\"", 1),
            part + "part_number upload.part_out_of_range"),
        wrong(
            "another size",
            ACKNOWLEDGE,
            TwoPartUpload.sent(1, "\"e\"", 1),
            part + "size_bytes upload.part_size_mismatch"),
        wrong(
            "an ETag that is a number",
            ACKNOWLEDGE,
            TwoPartUpload.sent(1, "17", TwoPartUpload.PART_BYTES),
            part + "etag request.field_type"),
        wrong("no part", ACKNOWLEDGE, "\"parts\":[]", "parts upload.too_many_parts"),
        wrong(
            "parts that are not given",
            ACKNOWLEDGE,
            "\"parts\":null",
            "parts request.field_required"),
        wrong(
            "a part that is a number",
            ACKNOWLEDGE,
            "\"parts\":[1]",
            "parts[0] request.field_type"));
  }

  private List<Mistake> others() {
    return List.of(
        wrong(
            "no time",
            "extend_upload",
            "\"reason\":\"x\"",
            "extend_by_seconds request.field_required"),
        wrong(
            "0 s",
            "extend_upload",
            "\"extend_by_seconds\":0",
            "extend_by_seconds upload.lifetime_exceeded"),
        wrong(
            "a second back",
            "extend_upload",
            "\"extend_by_seconds\":-1",
            "extend_by_seconds upload.lifetime_exceeded"),
        wrong(
            "for ever",
            "extend_upload",
            "\"extend_by_seconds\":9223372036854775807",
            "extend_by_seconds upload.lifetime_exceeded"),
        wrong(
            "a behaviour that is none",
            "pause_upload",
            "\"client_inflight_behavior\":\"panic\"",
            "client_inflight_behavior request.unknown_value"),
        wrong(
            "a long reason",
            "pause_upload",
            "\"reason\":\"" + "r".repeat(1025) + "\"",
            "reason request.field_too_long"),
        wrong(
            "a reason that is a list",
            "abort_upload",
            "\"reason\":[]",
            "reason request.field_type"),
        wrong(
            "a field that is none",
            "resume_upload",
            "\"force\":true",
            "force request.unknown_field"),
        wrong(
            "a checksum that is none",
            "complete_upload",
            "\"checksum_sha256\":\"x\"",
            "checksum_sha256 " + INVALID),
        wrong(
            "a source that is none",
            "list_parts",
            "\"source\":\"memory\"",
            "source request.unknown_value"),
        Mistake.of(
            "nothing was sent", "complete_upload", open.itself(), "409 upload.missing_parts"));
  }

  /** What exists elsewhere is answered as what exists nowhere. */
  private List<Mistake> foreign() {
    List<String> sessions =
        List.of(
            UUID.randomUUID().toString(),
            strangers.ofRobot18().session(),
            strangers.ofOtherTenant().session());
    Stream<Mistake> aboutSessions =
        sessions.stream()
            .flatMap(session ->
                TwoPartUpload.bodies().entrySet().stream()
                    .map(body ->
                        Mistake.of(
                            "a session that is not ours",
                            body.getKey(),
                            "{\"session_id\":\"" + session + "\"" + body.getValue() + "}",
                            "404 upload_session.not_found")));
    Stream<Mistake> aboutTasks =
        Stream.of(
            Mistake.of(
                "a task that is unknown",
                "retry_object",
                TwoPartUpload.retry(UUID.randomUUID().toString(), open.object()),
                "404 upload_object.not_found"),
            Mistake.of(
                "robot-18's task",
                "retry_object",
                TwoPartUpload.retry(strangers.ofRobot18().task(), strangers.ofRobot18().object()),
                "404 upload_object.not_found"),
            Mistake.of(
                "another tenant's task",
                "retry_object",
                TwoPartUpload.retry(
                    strangers.ofOtherTenant().task(), strangers.ofOtherTenant().object()),
                "404 upload_object.not_found"),
            Mistake.of(
                "an object that is unknown",
                "retry_object",
                TwoPartUpload.retry(open.task(), UUID.randomUUID().toString()),
                "404 upload_object.not_found"),
            Mistake.of(
                "an object that is under way",
                "retry_object",
                TwoPartUpload.retry(open.task(), open.object()),
                "409 upload.invalid_state"));
    return Stream.concat(aboutSessions, aboutTasks).toList();
  }

  private Mistake wrong(String name, String command, String more, String... fields) {
    return Mistake.ofField(name, command, open.with("," + more), fields);
  }

  private static String numbers(int last) {
    return IntStream.rangeClosed(1, last)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }
}
