package io.waybill.agent.cli;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes up an upload that was begun elsewhere, in a browser or by another machine, when its file is
 * here. What others sent as its parts is not known on this machine, so all of them are sent.
 */
record Adoption(Context context, ServerOptions server) {

  /** The upload, written down nowhere yet; empty when the server refuses to tell of it. */
  Optional<Manifest> of(String session, String path)
      throws UnreachableException, InterruptedException {
    UUID id = SettingText.uuid("UPLOAD", session);
    FileEntry file =
        switch (LocalFilePlan.of(path, null, false)) {
          case LocalFilePlan.Usable(FileEntry entry) -> entry;
          case LocalFilePlan.Unusable(String reason) -> throw new UsageException(reason);
        };
    Configuration configuration = context.configuration();
    UUID project = UUID.fromString(configuration.owner(null).projectId());
    try (ControlPlane plane =
        server.open(configuration, configuration.patience(), new Voice(context.terminal()))) {
      return switch (plane.ask(Question.status(project, id))) {
        case Answer.Done<Result.Session>(Result.Session told) -> Optional.of(manifest(told, file));
        case Answer.Refused<Result.Session>(ErrorBody error) -> {
          context.say(error.code() + ": " + error.message());
          yield Optional.empty();
        }
      };
    }
  }

  private Manifest manifest(Result.Session told, FileEntry file) {
    if (file.stamp().sizeBytes() != told.fileSizeBytes()) {
      throw new UsageException(
          "%s has %d bytes, and the upload is of %d"
              .formatted(file.shownName(), file.stamp().sizeBytes(), told.fileSizeBytes()));
    }
    String project = told.projectId() == null ? null : told.projectId().toString();
    return Manifest.planned(
            UUID.randomUUID().toString(),
            context.configuration().owner(project),
            file.objectName(),
            Instant.now(),
            List.of(file.opened(serverSide(told))))
        .withTask(String.valueOf(told.taskId()));
  }

  private static ServerSide serverSide(Result.Session told) {
    return new ServerSide(
        String.valueOf(told.objectId()),
        told.sessionId().toString(),
        told.datasetId() == null ? null : told.datasetId().toString(),
        told.bucket(),
        told.objectKey(),
        told.partSizeBytes(),
        told.partCount(),
        told.checksumAlgorithm());
  }
}
