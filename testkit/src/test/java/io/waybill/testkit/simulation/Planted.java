package io.waybill.testkit.simulation;

import java.util.List;

/**
 * A fault to be planted in a copy of the code.
 *
 * @param what in words, for docs/simulation.md
 * @param file below upload-core/src/main/java/io/waybill/core
 * @param code what stands there, exactly once
 * @param instead what a careless hand would have written
 */
record Planted(String what, String file, String code, String instead) {

  static final List<Planted> ALL =
      List.of(
          new Planted(
              "a move is written whatever version the row has",
              "memory/MemorySessions.java",
              "row != null && row.session().upload().version() == move.before().upload().version()",
              "row != null"),
          new Planted(
              "a move is written without its event",
              "memory/MemorySessions.java",
              "tx.tell(move.facts());",
              ""),
          new Planted(
              "a task does not follow its session",
              "memory/MemorySessions.java",
              "    if (isCurrent) {",
              "    if (false) {"),
          new Planted(
              "a repeated create makes a task of its own",
              "upload/usecase/CreateUploadTask.java",
              "created.isPresent()",
              "created.isPresent() && created.isEmpty()"),
          new Planted(
              "a completion does not look whether all parts are there",
              "upload/usecase/CompletionInquiry.java",
              "if (!comparison.isExact()) {",
              "if (comparison == null) {"),
          new Planted(
              "an abort is written and storage is never asked",
              "upload/usecase/StorageAbort.java",
              "store.abort(upload.location(), uploadId) == AbortOutcome.ABORTED",
              "uploadId.length() > 0"),
          new Planted(
              "the second abort, after the last URL, is missing",
              "upload/usecase/Redrive.java",
              "      ports.storage().abort(aborted.upload().location(), uploadId);\n",
              ""),
          new Planted(
              "no second abort is planned",
              "upload/usecase/StorageAbort.java",
              "lastUrl.filter(end -> end.isAfter(now)).orElse(null)",
              "null"),
          new Planted(
              "the worker leaves creates alone whose caller has died",
              "upload/usecase/Redrive.java",
              "case Session.Initiating initiating -> initiate(initiating, now);",
              "case Session.Initiating initiating -> DONE;"),
          new Planted(
              "the worker never sees a completion whose caller has died",
              "upload/DueTimes.java",
              "Optional.of(afterLease(s.lease()))",
              "Optional.empty()"),
          new Planted(
              "the worker never sees an abort whose caller has died",
              "upload/DueTimes.java",
              "case Session.Aborting s -> Optional.of(s.redriveAt());",
              "case Session.Aborting s -> Optional.empty();"),
          new Planted(
              "an expired upload is never cleaned up",
              "upload/DueTimes.java",
              "Optional.of(s.upload().expiresAt().plus(Upload.EXPIRY_GRACE))",
              "Optional.empty()"),
          new Planted(
              "an aborted upload is never looked at again",
              "upload/usecase/Redrive.java",
              "case Session.Aborted aborted -> sweep(aborted, now);",
              "case Session.Aborted aborted -> DONE;"),
          new Planted(
              "an upload outlives its life",
              "upload/DueTimes.java",
              "Optional.of(endOf(s.upload()))",
              "Optional.empty()"),
          new Planted(
              "a task keeps its status, whatever its objects say",
              "memory/MemorySessions.java",
              "task.changed(status, objects, at)",
              "task.changed(task.status(), objects, at)"),
          new Planted(
              "a retried object keeps its old session",
              "memory/MemoryTasks.java",
              "o.retriedAs(upload.sessionId())",
              "o"));
}
