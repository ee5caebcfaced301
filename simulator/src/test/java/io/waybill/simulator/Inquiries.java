package io.waybill.simulator;

import io.waybill.simulator.Model.Upload;
import io.waybill.wire.Command;
import io.waybill.wire.Command.PartEncoding;
import io.waybill.wire.Command.PartSource;
import io.waybill.wire.Reply;
import io.waybill.wire.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A move as what a device asks, and what the model says to it. */
record Inquiries(OneThreadGateway gateway, Model model) {
  private static final List<Duration> EXTENSIONS =
      List.of(Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(3), Duration.ofDays(40));

  /**
   * What is asked.
   *
   * @param expected what is to be told now; it reads in the answer only what the system alone names
   */
  record Inquiry(Move.Kind kind, int device, Command command, Function<Reply, String> expected) {}

  Inquiry create(Move move) {
    int device = move.device() % Move.DEVICES;
    int parts = 1 + move.detail() % 3;
    boolean withUrls = move.detail() >= 3;
    Command command =
        new Wish(Wish.Goal.CREATE, "", new Wish.About("r", gateway.project(), 1, parts, null, null))
            .command();
    Command.CreateSession create = (Command.CreateSession) command;
    return new Inquiry(
        move.kind(),
        device,
        new Command.CreateSession(
            create.projectId(),
            "run",
            null,
            null,
            null,
            null,
            create.objects(),
            Map.of(),
            withUrls ? create.presign() : null),
        reply -> {
          Result.UploadTask task = Told.read(reply, Result.UploadTask.class);
          if (task == null) {
            return "a task";
          }
          Result.UploadObject made = task.objects().getFirst();
          UUID session = Objects.requireNonNull(made.sessionId());
          String inStorage = gateway.opened();
          Model.Ids ids = new Model.Ids(task.taskId(), made.objectId(), session, inStorage);
          model.create(device, parts, withUrls, ids, gateway.time.instant());
          return "task " + task.taskId() + " of 1";
        });
  }

  Inquiry about(Move move, Upload upload) {
    int device = move.asking(upload.owner);
    UUID session = upload.session;
    int detail = move.detail();
    List<Integer> parts =
        detail % 3 == 2
            ? List.of(upload.parts + 1)
            : IntStream.rangeClosed(1, detail % 3 == 1 ? upload.parts : 1).boxed().toList();
    Duration by = EXTENSIONS.get(detail % EXTENSIONS.size());
    int part = 1 + detail % (upload.parts + 1);
    long bytes = Wish.PART_BYTES - (detail == 5 ? 1 : 0);
    return switch (move.kind()) {
      case PRESIGN ->
          own(
              move,
              device,
              upload,
              new Command.PresignParts(
                  session, parts, null, null, null, Map.of(), Command.Encoding.COMPACT),
              () -> model.presign(upload, parts, gateway.time.instant()));
      case ACKNOWLEDGE ->
          own(
              move,
              device,
              upload,
              new Command.AcknowledgePart(
                  session, List.of(new Command.SentPart(part, Wish.etag(part), bytes, null))),
              () -> model.acknowledge(upload, part, detail != 5, gateway.time.instant()));
      case LOOK ->
          own(
              move,
              device,
              upload,
              new Command.GetStatus(session),
              () -> model.look(upload, gateway.time.instant()));
      case ROWS -> own(move, device, upload, list(upload, PartSource.DB), () -> model.rows(upload));
      case IN_STORAGE ->
          own(
              move,
              device,
              upload,
              list(upload, PartSource.STORAGE),
              () -> model.inStorage(upload, gateway.time.instant()));
      case RECONCILE ->
          own(
              move,
              device,
              upload,
              list(upload, PartSource.RECONCILE),
              () -> model.reconcile(upload, gateway.time.instant()));
      case PAUSE ->
          own(
              move,
              device,
              upload,
              new Command.PauseUpload(session, "lunch", null),
              () -> model.pause(upload, gateway.time.instant()));
      case RESUME ->
          own(
              move,
              device,
              upload,
              new Command.ResumeUpload(session, "go"),
              () -> model.resume(upload, gateway.time.instant()));
      case COMPLETE ->
          own(
              move,
              device,
              upload,
              new Command.CompleteUpload(session, List.of(), null),
              () -> model.complete(upload, gateway.time.instant()));
      case ABORT ->
          own(
              move,
              device,
              upload,
              new Command.AbortUpload(session, "wrong"),
              () -> model.abort(upload, gateway.time.instant()));
      case EXTEND ->
          own(
              move,
              device,
              upload,
              new Command.ExtendUpload(session, by.toSeconds(), "slow"),
              () -> model.extend(upload, by, gateway.time.instant()));
      case RETRY -> retry(move, device, upload);
      case REST, CREATE, PUT, AGAIN, WAIT -> throw new IllegalStateException(move.toString());
    };
  }

  private static Command list(Upload upload, PartSource source) {
    return new Command.ListParts(upload.session, source, null, null, PartEncoding.RANGES);
  }

  private static Inquiry own(
      Move move, int device, Upload upload, Command command, Supplier<String> says) {
    String stranger = Model.stranger(upload, device);
    return new Inquiry(move.kind(), device, command, _ -> stranger == null ? says.get() : stranger);
  }

  private Inquiry retry(Move move, int device, Upload upload) {
    return new Inquiry(
        move.kind(),
        device,
        new Command.RetryObject(upload.task, upload.object),
        reply -> {
          if (device != upload.owner) {
            return "upload_object.not_found";
          }
          String not = model.unretried(upload, gateway.time.instant());
          Result.UploadObject made = Told.read(reply, Result.UploadObject.class);
          if (not != null || made == null) {
            return not == null ? "a new session" : not;
          }
          UUID session = Objects.requireNonNull(made.sessionId());
          boolean isNew = model.uploads.stream().noneMatch(u -> u.session.equals(session));
          model.retried(upload, session, gateway.opened(), gateway.time.instant());
          return isNew ? "session " + session : "a new session";
        });
  }
}
