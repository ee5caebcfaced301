package io.waybill.simulator;

import java.util.List;

/**
 * A fault to be planted in a copy of the code.
 *
 * @param what in words, for docs/simulation.md
 * @param file from the top of the checkout
 * @param code what stands there, exactly once
 * @param instead what a careless hand would have written
 */
record Planted(String what, String file, String code, String instead) {

  private static final String CORE = "upload-core/src/main/java/io/waybill/core/";

  private static final String GATEWAY = "gateway/src/main/java/io/waybill/gateway/";

  /** On which way a life has to go to meet it. */
  Way way() {
    return file.startsWith("gateway") ? Way.MQTT : Way.STRAIGHT;
  }

  static final List<Planted> ALL =
      List.of(
          new Planted(
              "a move is written whatever version the row has",
              CORE + "memory/MemorySessions.java",
              "row != null && row.session().upload().version() == move.before().upload().version()",
              "row != null"),
          new Planted(
              "a move is written without its event",
              CORE + "memory/MemorySessions.java",
              "tx.tell(move.facts());",
              ""),
          new Planted(
              "a task does not follow its session",
              CORE + "memory/MemorySessions.java",
              "    if (isCurrent) {",
              "    if (false) {"),
          new Planted(
              "a repeated create makes a task of its own",
              CORE + "upload/usecase/CreateUploadTask.java",
              "created.isPresent()",
              "created.isPresent() && created.isEmpty()"),
          new Planted(
              "a completion does not look whether all parts are there",
              CORE + "upload/usecase/CompletionInquiry.java",
              "if (!comparison.isExact()) {",
              "if (comparison == null) {"),
          new Planted(
              "an abort is written and storage is never asked",
              CORE + "upload/usecase/StorageAbort.java",
              "store.abort(upload.location(), uploadId) == AbortOutcome.ABORTED",
              "uploadId.length() > 0"),
          new Planted(
              "the second abort, after the last URL, is missing",
              CORE + "upload/usecase/Redrive.java",
              "      ports.storage().abort(aborted.upload().location(), uploadId);\n",
              ""),
          new Planted(
              "no second abort is planned",
              CORE + "upload/usecase/StorageAbort.java",
              "again.isAfter(now) ? again : null",
              "null"),
          new Planted(
              "the worker leaves creates alone whose caller has died",
              CORE + "upload/usecase/Redrive.java",
              "case Session.Initiating initiating -> initiate(initiating, now);",
              "case Session.Initiating initiating -> DONE;"),
          new Planted(
              "the worker never sees a completion whose caller has died",
              CORE + "upload/DueTimes.java",
              "Optional.of(afterLease(s.lease()))",
              "Optional.empty()"),
          new Planted(
              "the worker never sees an abort whose caller has died",
              CORE + "upload/DueTimes.java",
              "case Session.Aborting s -> Optional.of(s.redriveAt());",
              "case Session.Aborting s -> Optional.empty();"),
          new Planted(
              "an expired upload is never cleaned up",
              CORE + "upload/DueTimes.java",
              "Optional.of(s.upload().expiresAt().plus(Upload.EXPIRY_GRACE))",
              "Optional.empty()"),
          new Planted(
              "an aborted upload is never looked at again",
              CORE + "upload/usecase/Redrive.java",
              "case Session.Aborted aborted -> sweep(aborted);",
              "case Session.Aborted aborted -> DONE;"),
          new Planted(
              "an upload outlives its life",
              CORE + "upload/DueTimes.java",
              "Optional.of(endOf(s.upload()))",
              "Optional.empty()"),
          new Planted(
              "a task keeps its status, whatever its objects say",
              CORE + "memory/MemorySessions.java",
              "task.changed(status, objects, at)",
              "task.changed(task.status(), objects, at)"),
          new Planted(
              "a retried object keeps its old session",
              CORE + "memory/MemoryTasks.java",
              "o.retriedAs(upload.sessionId())",
              "o"),
          new Planted(
              "an answer is remembered with the URLs in it",
              CORE + "memory/MemoryIdempotency.java",
              "useCase.kept().apply(answer)",
              "answer"),
          new Planted(
              "a process lets in for ever whom it has once let in",
              CORE + "access/usecase/IdentityCache.java",
              "found != null && now.isBefore(found.until())",
              "found != null"),
          new Planted(
              "a new API key is in no audit trail",
              CORE + "access/usecase/CreateApiKey.java",
              "    tx.events().append(journal.created(key, caller.origin()));\n",
              ""),
          new Planted(
              "an answer is remembered, and who asks again is served anew",
              CORE + "idempotency/Once.java",
              "yield replay.apply(answer);",
              "yield work.apply(Optional.empty());"),
          new Planted(
              "a project's quota stands and nobody asks for it",
              CORE + "upload/usecase/ProjectQuota.java",
              "return ByteQuotas.check(room, bytes, limits).then(ok -> uploads(ok, uploads));",
              "return Verdict.ok(room);"),
          new Planted(
              "a dataset is purged and storage is never asked",
              CORE + "dataset/usecase/PurgeWalk.java",
              "    places.forEach(place -> clear(storage.get(), place));\n",
              ""),
          new Planted(
              "the worker never goes on with a purge",
              CORE + "dataset/usecase/RedrivePurges.java",
              "tx.datasetPurges().claimDue(now, now.plus(CLAIM), limit)",
              "List.of()"),
          new Planted(
              "a gateway strikes off what a dead one owed and tells nobody",
              GATEWAY + "OwedAnswers.java",
              "out.isHandedOver(out.publish(out.answers().of(traveller, verdict)))",
              "verdict != null"),
          new Planted(
              "a gateway acknowledges what it has not looked at",
              GATEWAY + "Reception.java",
              "    long since = out.waits().nanoTime();\n",
              "    long since = out.waits().nanoTime();\n    arrival.acknowledge();\n"));
}
