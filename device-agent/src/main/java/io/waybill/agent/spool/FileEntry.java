package io.waybill.agent.spool;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of an upload, as it is remembered.
 *
 * @param path as {@link LocalPath} stores it
 * @param objectName what the server is told, which may differ from the file's own name
 * @param requestedPartSizeBytes what was asked for, null for the server's choice
 * @param checksumCrc32c of the reading that gave the SHA-256, null when there was none
 * @param waiting why it does not move, as far as was known when this was written
 * @param server null until the server has answered
 * @param retries how many sessions of this object ended before the present one
 * @param sent the parts that the store has, in order of their numbers
 * @param receipt what the server signed when it was complete; null when it gave none
 */
public record FileEntry(
    String path,
    String objectName,
    FileStamp stamp,
    @Nullable Long requestedPartSizeBytes,
    @Nullable String checksumSha256,
    @Nullable Integer checksumCrc32c,
    FileState state,
    @Nullable String reason,
    @Nullable Waiting waiting,
    @Nullable ServerSide server,
    int retries,
    List<SentPart> sent,
    @Nullable String receipt) {

  public FileEntry {
    sent = List.copyOf(Objects.requireNonNull(sent, "sent"));
    LocalPath.ofStored(Objects.requireNonNull(path, "path"));
    Objects.requireNonNull(objectName, "object_name");
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(state, "state");
    if (state == FileState.OPEN && server == null) {
      throw new IllegalArgumentException("an open file needs the ids of its session");
    }
    if (server != null) {
      int last = server.partCount();
      for (SentPart part : sent) {
        if (part.number() > last) {
          throw new IllegalArgumentException("part " + part.number() + " of " + last);
        }
      }
    }
  }

  public static FileEntry planned(
      String path, String objectName, FileStamp stamp, @Nullable Long partSizeBytes) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        partSizeBytes,
        null,
        null,
        FileState.PLANNED,
        null,
        null,
        null,
        0,
        List.of(),
        null);
  }

  /** Where it is on this machine. */
  public Path file() {
    return LocalPath.ofStored(path);
  }

  /** Its own name, as people may see it. */
  public String shownName() {
    return Shown.line(LocalPath.name(file()));
  }

  public FileEntry withChecksum(WholeSum sum) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        sum.sha256(),
        sum.crc32c(),
        state,
        reason,
        waiting,
        server,
        retries,
        sent,
        receipt);
  }

  /** The same bytes under another stamp: a disk that was mounted again, a file that was copied. */
  public FileEntry withStamp(FileStamp now) {
    return new FileEntry(
        path,
        objectName,
        now,
        requestedPartSizeBytes,
        checksumSha256,
        checksumCrc32c,
        state,
        reason,
        waiting,
        server,
        retries,
        sent,
        receipt);
  }

  public FileEntry opened(ServerSide answered) {
    return inSession(answered, retries);
  }

  /** The object got another session; nothing of the old one counts. */
  public FileEntry reopened(ServerSide answered) {
    return inSession(answered, retries + 1);
  }

  private FileEntry inSession(ServerSide answered, int retriesUntilNow) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        checksumSha256,
        checksumCrc32c,
        FileState.OPEN,
        null,
        null,
        answered,
        retriesUntilNow,
        List.of(),
        null);
  }

  public FileEntry withSent(List<SentPart> parts) {
    return withProgress(parts, waiting);
  }

  /** How far it is, and what it waits for. */
  public FileEntry withProgress(List<SentPart> parts, @Nullable Waiting now) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        checksumSha256,
        checksumCrc32c,
        state,
        reason,
        now,
        server,
        retries,
        parts,
        receipt);
  }

  public FileEntry ended(FileState how, @Nullable String why) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        checksumSha256,
        checksumCrc32c,
        how,
        why,
        null,
        server,
        retries,
        sent,
        receipt);
  }

  public FileEntry withReceipt(@Nullable String jws) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        checksumSha256,
        checksumCrc32c,
        state,
        reason,
        waiting,
        server,
        retries,
        sent,
        jws);
  }

  public long sentBytes() {
    if (state == FileState.DONE) {
      return stamp.sizeBytes();
    }
    if (server == null) {
      return 0;
    }
    long bytes = 0;
    for (SentPart part : sent) {
      long start = (part.number() - 1) * server.partSizeBytes();
      bytes += Math.min(server.partSizeBytes(), stamp.sizeBytes() - start);
    }
    return bytes;
  }
}
