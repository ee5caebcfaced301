package io.waybill.agent.testing;

import io.waybill.wire.Command;
import io.waybill.wire.Diagnosis;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One session of the {@link FakeServer}, and what is said of it. */
final class FakeSession {
  final UUID id = UUID.randomUUID();
  final UUID task;
  final UUID object;
  final Command.NewObject file;
  final long partSize;
  String status = "INITIATED";
  Instant created;
  Instant expires;
  Instant updated;
  @Nullable String algorithm;
  @Nullable String pauseReason;
  Result.@Nullable LastError error;

  FakeSession(
      UUID task, UUID object, Command.NewObject file, long partSize, Instant now, Duration life) {
    this.task = task;
    this.object = object;
    this.file = file;
    this.partSize = partSize;
    this.created = now;
    this.updated = now;
    this.expires = now.plus(life);
  }

  int partCount() {
    return (int) ((file.fileSizeBytes() + partSize - 1) / partSize);
  }

  Map<Integer, LoopbackStore.Taken> stored(LoopbackStore store) {
    return store.parts(id.toString());
  }

  Result.UploadObject opened(Instant now, Result.@Nullable Presigned urls) {
    return new Result.UploadObject(
        object,
        UUID.randomUUID(),
        id,
        "PENDING",
        false,
        file.objectName(),
        "bucket",
        id.toString(),
        file.fileSizeBytes(),
        partSize,
        partCount(),
        algorithm,
        expires,
        Duration.between(now, expires).toSeconds(),
        null,
        urls);
  }

  Result.Presigned presigned(
      LoopbackStore store, List<Integer> parts, String salt, Instant until, Duration life) {
    return new Result.Presigned(
        id,
        "PUT",
        until,
        life.toSeconds(),
        List.of(),
        store.urlTemplate(id.toString()),
        partSize,
        file.fileSizeBytes(),
        algorithm == null
            ? List.of()
            : List.of("x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT)),
        parts.stream().collect(Collectors.toMap(p -> p, p -> salt + "-" + p)),
        null);
  }

  Result completed(Instant now, @Nullable String receipt) {
    return new Result.Completed(
        id,
        status,
        "bucket",
        id.toString(),
        file.fileSizeBytes(),
        "\"whole\"",
        now,
        receipt,
        List.of());
  }

  Result view(LoopbackStore store) {
    int stored = stored(store).size();
    return new Result.Session(
        id,
        null,
        null,
        task,
        object,
        status,
        false,
        "bucket",
        id.toString(),
        file.objectName(),
        file.fileSizeBytes(),
        partSize,
        partCount(),
        stored,
        partCount() - stored,
        algorithm,
        null,
        pauseReason,
        expires,
        created,
        updated,
        error,
        status.equals("PAUSED")
            ? new Diagnosis("paused", updated, "paused by wb_person", "resume it")
            : null);
  }

  /**
   * @param ranges whether parts are told as ranges, or as rows
   */
  Result list(LoopbackStore store, boolean ranges) {
    Map<Integer, LoopbackStore.Taken> stored = stored(store);
    List<Result.Part> rows = new ArrayList<>();
    if (!ranges) {
      stored.forEach((number, part) -> {
        long size = part.bytes().length;
        rows.add(
            new Result.Part(
                number, part.etag(), size, "UPLOADED", true, null, size, 0, size, null, null));
      });
    }
    return new Result.PartList(
        id,
        "reconcile",
        partCount(),
        stored.size(),
        List.of(),
        rows,
        ranges
            ? stored.keySet().stream().map(String::valueOf).collect(Collectors.joining(","))
            : null,
        null);
  }
}
