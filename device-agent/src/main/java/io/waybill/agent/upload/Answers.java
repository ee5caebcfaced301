package io.waybill.agent.upload;

import io.waybill.agent.local.Program;
import io.waybill.agent.spool.ServerSide;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads what the server's answers say of sessions and parts. */
final class Answers {

  private Answers() {}

  static ServerSide serverSide(Result.UploadObject object, UUID session) {
    return new ServerSide(
        object.objectId().toString(),
        session.toString(),
        object.datasetId() == null ? null : object.datasetId().toString(),
        object.bucket(),
        object.objectKey(),
        object.partSizeBytes(),
        object.partCount(),
        object.checksumAlgorithm());
  }

  /** The parts that a refusal names. */
  static List<Integer> partNumbers(ErrorBody error) {
    List<Integer> numbers = new ArrayList<>();
    error
        .details()
        .forEach((name, value) -> {
          if (name.endsWith("part_numbers") && value instanceof List<?> list) {
            list.forEach(each -> {
              if (each instanceof Number number) {
                numbers.add(number.intValue());
              }
            });
          }
        });
    return numbers;
  }

  static String pausedBy(Result.Session session) {
    String reason = session.pauseReason();
    return "paused on the server"
        + (reason == null || reason.isBlank() ? "" : " (" + reason + ")")
        + "; go on with: "
        + Program.NAME
        + " resume-session "
        + session.sessionId();
  }

  /** Field errors say more than the message above them. */
  static String inWords(ErrorBody error) {
    String words = error.code() + ": " + error.message();
    return error.details().get("errors") instanceof List<?> errors && !errors.isEmpty()
        ? words + " " + errors
        : words;
  }
}
