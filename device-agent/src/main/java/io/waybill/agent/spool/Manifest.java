package io.waybill.agent.spool;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one upload: who asked for what, under which idempotency key, and how
 * far each file has come. It never holds a URL or a credential.
 *
 * @param idempotencyKey written before the first request, so that a crash between request and
 *     answer makes no second task
 * @param taskId null until the server has answered
 * @param maxBytesPerSecond the speed limit that it was begun with; null for none
 * @param priority from 0 to 9, null for the usual one
 * @param watched the directory whose watching made it, as {@link FileEntry} has paths; null when it
 *     was asked for by hand
 * @param standing why the last run left it unfinished; null when it runs, or ended
 */
public record Manifest(
    String format,
    int version,
    String uploadId,
    String idempotencyKey,
    Instant createdAt,
    String tenantId,
    String deviceId,
    String projectId,
    String taskName,
    @Nullable String taskId,
    @Nullable Long maxBytesPerSecond,
    @Nullable String standing,
    @Nullable Integer priority,
    @Nullable String watched,
    List<FileEntry> files) {

  static final String FORMAT = "waybill-manifest";
  static final int VERSION = 1;

  /** One task takes at most this many objects. */
  public static final int MAX_FILES = 100;

  public Manifest {
    files = List.copyOf(Objects.requireNonNull(files, "files"));
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException("not a waybill manifest (format " + format + ")");
    }
    if (version != VERSION) {
      throw new IllegalArgumentException("written by another agent (version " + version + ")");
    }
    Objects.requireNonNull(createdAt, "created_at");
    Objects.requireNonNull(taskName, "task_name");
    Objects.requireNonNull(uploadId, "upload_id");
    Objects.requireNonNull(idempotencyKey, "idempotency_key");
    Stream.of(tenantId, deviceId, projectId).forEach(UUID::fromString);
    if (taskId != null) {
      UUID.fromString(taskId);
    }
    if (maxBytesPerSecond != null && maxBytesPerSecond < 1) {
      throw new IllegalArgumentException("a limit of " + maxBytesPerSecond + " bytes a second");
    }
    if (files.isEmpty() || files.size() > MAX_FILES) {
      throw new IllegalArgumentException("an upload has 1 to " + MAX_FILES + " files");
    }
  }

  /** A new upload: nobody but this machine knows of it yet. */
  public static Manifest planned(
      String uploadId, Owner owner, String taskName, Instant at, List<FileEntry> files) {
    return new Manifest(
        FORMAT,
        VERSION,
        uploadId,
        "agent-" + uploadId,
        at,
        owner.tenantId(),
        owner.deviceId(),
        owner.projectId(),
        taskName,
        null,
        null,
        null,
        null,
        null,
        files);
  }

  /** On whose behalf, and where to. */
  public record Owner(String tenantId, String deviceId, String projectId) {}

  public Manifest withTask(String id) {
    return new Manifest(
        format,
        version,
        uploadId,
        idempotencyKey,
        createdAt,
        tenantId,
        deviceId,
        projectId,
        taskName,
        id,
        maxBytesPerSecond,
        standing,
        priority,
        watched,
        files);
  }

  public Manifest withFiles(List<FileEntry> now) {
    return new Manifest(
        format,
        version,
        uploadId,
        idempotencyKey,
        createdAt,
        tenantId,
        deviceId,
        projectId,
        taskName,
        taskId,
        maxBytesPerSecond,
        standing,
        priority,
        watched,
        now);
  }

  public Manifest withMaxBytesPerSecond(@Nullable Long limit) {
    return with(limit, standing);
  }

  public Manifest withStanding(@Nullable String why) {
    return with(maxBytesPerSecond, why);
  }

  private Manifest with(@Nullable Long limit, @Nullable String why) {
    return new Manifest(
        format,
        version,
        uploadId,
        idempotencyKey,
        createdAt,
        tenantId,
        deviceId,
        projectId,
        taskName,
        taskId,
        limit,
        why,
        priority,
        watched,
        files);
  }

  /** The same, in its place in the queue. */
  public Manifest queued(int urgency, @Nullable String directory) {
    return new Manifest(
        format,
        version,
        uploadId,
        idempotencyKey,
        createdAt,
        tenantId,
        deviceId,
        projectId,
        taskName,
        taskId,
        maxBytesPerSecond,
        standing,
        urgency,
        directory,
        files);
  }

  public boolean finished() {
    return files.stream().allMatch(file -> file.state().finished());
  }

  public long sizeBytes() {
    return files.stream().mapToLong(file -> file.stamp().sizeBytes()).sum();
  }

  public long sentBytes() {
    return files.stream().mapToLong(FileEntry::sentBytes).sum();
  }
}
