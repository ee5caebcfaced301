package io.waybill.agent.cli;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import io.waybill.agent.local.Shown;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadEnd;
import io.waybill.wire.Diagnosis;
import io.waybill.wire.Json;
import io.waybill.wire.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What commands print of uploads, for people and for scripts. */
final class Report {

  private Report() {}

  /** One upload; its field names are part of what scripts rely on. */
  record UploadView(
      String uploadId,
      @Nullable String taskId,
      String taskName,
      String projectId,
      String state,
      Instant createdAt,
      long sizeBytes,
      long sentBytes,
      @Nullable Long maxBytesPerSecond,
      @Nullable String standing,
      List<FileView> files) {}

  /** One file of an upload. */
  record FileView(
      String path,
      String name,
      String objectName,
      String state,
      @Nullable String reason,
      @Nullable Waiting waiting,
      long sizeBytes,
      long sentBytes,
      int partCount,
      int sentPartCount,
      @Nullable String checksumSha256,
      @Nullable String objectId,
      @Nullable String sessionId,
      @Nullable String datasetId,
      @Nullable String bucket,
      @Nullable String objectKey,
      @Nullable ServerView server) {}

  /** What the server said of a session; null where it was not asked or did not answer. */
  record ServerView(
      String status,
      int partCount,
      int uploadedPartCount,
      @Nullable Instant expiresAt,
      @Nullable String reason,
      @Nullable Diagnosis diagnosis) {

    static @Nullable ServerView of(Result.@Nullable Session session) {
      if (session == null) {
        return null;
      }
      Result.LastError error = session.lastError();
      return new ServerView(
          session.status(),
          session.partCount(),
          session.uploadedPartCount(),
          session.expiresAt(),
          error == null ? session.pauseReason() : error.code() + ": " + error.message(),
          session.diagnosis());
    }
  }

  /** A file of the command that is not uploaded, and why. */
  record LeftOut(String path, String reason) {}

  /** A manifest that could not be used. */
  record SetAside(String path) {}

  private record EndView(
      String outcome,
      int exitCode,
      List<UploadView> uploads,
      List<LeftOut> leftOut,
      List<LeftOut> skipped) {}

  private record ListView(
      List<UploadView> uploads, @Nullable String serverTrouble, List<SetAside> setAside) {}

  /**
   * How a command ended.
   *
   * @param skipped what was stored already
   */
  static String json(
      List<UploadEnd> ends, List<LeftOut> leftOut, List<LeftOut> skipped, ExitCode worst) {
    return text(
        new EndView(
            worst.name().toLowerCase(java.util.Locale.ROOT),
            worst.code(),
            ends.stream().map(Report::view).toList(),
            leftOut,
            skipped));
  }

  private static UploadView view(UploadEnd end) {
    String why = end.turnedAway() == null ? end.unreachable() : end.turnedAway();
    return view(end.manifest().withStanding(why), State.of(end.manifest()), Map.of());
  }

  /**
   * @param serverTrouble why the server did not tell, null when it did or was not asked
   */
  static String json(
      List<UploadView> uploads, @Nullable String serverTrouble, List<Path> setAside) {
    return text(
        new ListView(
            uploads,
            serverTrouble,
            setAside.stream().map(LocalPath::stored).map(SetAside::new).toList()));
  }

  private static String text(Object view) {
    return Shown.json(new String(Json.bytes(view), StandardCharsets.UTF_8));
  }

  static UploadView view(Manifest manifest, State state, Map<String, Result.Session> sessions) {
    return new UploadView(
        manifest.uploadId(),
        manifest.taskId(),
        manifest.taskName(),
        manifest.projectId(),
        state.name().toLowerCase(java.util.Locale.ROOT),
        manifest.createdAt(),
        manifest.sizeBytes(),
        manifest.sentBytes(),
        manifest.maxBytesPerSecond(),
        manifest.standing(),
        manifest.files().stream().map(file -> view(file, sessions)).toList());
  }

  private static FileView view(FileEntry file, Map<String, Result.Session> sessions) {
    ServerSide server = file.server();
    return new FileView(
        file.path(),
        file.shownName(),
        file.objectName(),
        file.state().name().toLowerCase(java.util.Locale.ROOT),
        file.reason(),
        file.waiting(),
        file.stamp().sizeBytes(),
        file.sentBytes(),
        server == null ? 0 : server.partCount(),
        file.sent().size(),
        file.checksumSha256(),
        server == null ? null : server.objectId(),
        server == null ? null : server.sessionId(),
        server == null ? null : server.datasetId(),
        server == null ? null : server.bucket(),
        server == null ? null : server.objectKey(),
        server == null ? null : ServerView.of(sessions.get(server.sessionId())));
  }

  /** How each file of an upload ended, one line each. */
  static List<String> lines(UploadEnd end) {
    return end.manifest().files().stream().map(Report::line).toList();
  }

  private static String line(FileEntry file) {
    ServerSide server = file.server();
    String reason = file.reason();
    return file.shownName()
        + ": "
        + switch (file.state()) {
          case DONE ->
              "stored, "
                  + Human.bytes(file.stamp().sizeBytes())
                  + (server == null ? "" : ", as " + server.bucket() + "/" + server.objectKey());
          case PLANNED -> "planned, nothing sent yet";
          case OPEN ->
              Human.bytes(file.sentBytes())
                  + " of "
                  + Human.bytes(file.stamp().sizeBytes())
                  + " stored, not complete";
          case CHANGED ->
              "not uploaded: "
                  + reason
                  + "; to upload it as it is now: "
                  + Program.NAME
                  + " upload "
                  + LocalPath.quoted(file.file());
          case REFUSED -> "refused: " + reason;
          case ABORTED -> "aborted: " + reason;
        };
  }
}
