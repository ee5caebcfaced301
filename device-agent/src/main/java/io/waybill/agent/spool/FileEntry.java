package io.waybill.agent.spool;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of an upload, as it is remembered.
 *
 * @param requestedPartSizeBytes what was asked for, null for the server's choice
 * @param server null until the server has answered
 * @param retries how many sessions of this object ended before the present one
 * @param sent the parts that the store has, in order of their numbers
 */
public record FileEntry(
    String path,
    String objectName,
    FileStamp stamp,
    @Nullable Long requestedPartSizeBytes,
    @Nullable String checksumSha256,
    FileState state,
    @Nullable String reason,
    @Nullable ServerSide server,
    int retries,
    List<SentPart> sent) {

  public FileEntry {
    sent = List.copyOf(sent);
    Objects.requireNonNull(path, "path");
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
        path, objectName, stamp, partSizeBytes, null, FileState.PLANNED, null, null, 0, List.of());
  }

  public FileEntry withChecksum(String sha256) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        sha256,
        state,
        reason,
        server,
        retries,
        sent);
  }

  public FileEntry opened(ServerSide answered) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        checksumSha256,
        FileState.OPEN,
        null,
        answered,
        retries,
        List.of());
  }

  /** The object got another session; nothing of the old one counts. */
  public FileEntry reopened(ServerSide answered) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        checksumSha256,
        FileState.OPEN,
        null,
        answered,
        retries + 1,
        List.of());
  }

  public FileEntry withSent(List<SentPart> parts) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        checksumSha256,
        state,
        reason,
        server,
        retries,
        parts);
  }

  public FileEntry ended(FileState how, @Nullable String why) {
    return new FileEntry(
        path,
        objectName,
        stamp,
        requestedPartSizeBytes,
        checksumSha256,
        how,
        why,
        server,
        retries,
        sent);
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
