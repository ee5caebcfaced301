package io.waybill.agent.testing;

import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the platform, answered from memory over a {@link LoopbackStore}. It can be told
 * to refuse, and it remembers what it was asked.
 */
public final class FakeServer {

  public static final long MIB = 1 << 20;

  /** A refusal on its way to whoever asked. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient ErrorBody error;

    public Refusal(ErrorBody error) {
      super(error.code());
      this.error = error;
    }

    public ErrorBody error() {
      return error;
    }
  }

  private static final class Session {
    final UUID id = UUID.randomUUID();
    final UUID task;
    final UUID object;
    final Command.NewObject file;
    final long partSize;
    String status = "INITIATED";
    Instant created;
    Instant expires;
    Instant updated;
    @Nullable String pauseReason;
    Result.@Nullable LastError error;

    Session(
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
  }

  private final LoopbackStore store;
  private final long defaultPartSize;
  private final Map<UUID, Session> sessions = new LinkedHashMap<>();
  private final Map<String, Result> remembered = new HashMap<>();
  private final List<Command> asked = new CopyOnWriteArrayList<>();
  private Function<Command, Optional<ErrorBody>> script = command -> Optional.empty();
  private Duration life = Duration.ofDays(1);
  private Duration urlLife = Duration.ofMinutes(15);
  private Duration ahead = Duration.ZERO;
  private boolean ranges = true;
  private int signatures;

  public FakeServer(LoopbackStore store, long defaultPartSize) {
    this.store = store;
    this.defaultPartSize = defaultPartSize;
  }

  /** Refuses what the script says, before any effect. */
  public synchronized FakeServer script(Function<Command, Optional<ErrorBody>> now) {
    script = now;
    return this;
  }

  public synchronized FakeServer sessionLife(Duration now) {
    life = now;
    return this;
  }

  /** How far this server's clock is ahead of everyone else's. */
  public synchronized FakeServer clockAhead(Duration now) {
    ahead = now;
    return this;
  }

  public synchronized FakeServer urlLife(Duration now) {
    urlLife = now;
    return this;
  }

  /** Answers lists of parts as rows, as the HTTP API may. */
  public synchronized FakeServer rowsOnly() {
    ranges = false;
    return this;
  }

  public List<Command> asked() {
    return List.copyOf(asked);
  }

  public <C extends Command> List<C> asked(Class<C> type) {
    return asked.stream().filter(type::isInstance).map(type::cast).toList();
  }

  public synchronized List<String> sessions() {
    return sessions.keySet().stream().map(UUID::toString).toList();
  }

  public synchronized String status(String session) {
    return session(UUID.fromString(session)).status;
  }

  public synchronized void become(String session, String status) {
    Session mine = session(UUID.fromString(session));
    mine.status = status;
    mine.updated = now();
  }

  /** As cleanup does: long after the session's end. */
  public synchronized void cleanUp(String session) {
    Session mine = session(UUID.fromString(session));
    mine.status = "ABORTED";
    mine.expires = now().minusSeconds(7200);
    mine.updated = now();
  }

  public synchronized void fail(String session, String code) {
    Session mine = session(UUID.fromString(session));
    mine.status = "FAILED";
    mine.error = new Result.LastError(code, "as told", now());
  }

  private Instant now() {
    return Instant.now().plus(ahead);
  }

  /** Carries out a command; refusals are thrown. */
  public synchronized Result answer(Command command, @Nullable String key) {
    asked.add(command);
    script
        .apply(command)
        .ifPresent(error -> {
          throw new Refusal(error);
        });
    Result known = key == null ? null : remembered.get(key);
    if (known != null) {
      return known;
    }
    Result result =
        switch (command) {
          case Command.CreateSession c -> create(c);
          case Command.PresignParts c -> presign(uploading(c.sessionId()), parts(c));
          case Command.AcknowledgePart c -> acknowledge(uploading(c.sessionId()), c);
          case Command.GetStatus c -> view(session(c.sessionId()));
          case Command.ListParts c -> list(session(c.sessionId()));
          case Command.PauseUpload c -> pause(session(c.sessionId()), c.reason());
          case Command.ResumeUpload c -> resume(session(c.sessionId()));
          case Command.CompleteUpload c -> complete(session(c.sessionId()));
          case Command.AbortUpload c -> abort(session(c.sessionId()));
          case Command.ExtendUpload c -> extend(session(c.sessionId()), c.extendBySeconds());
          case Command.RetryObject c -> retry(c);
          case Command.Describe c -> throw refused("mqtt.unknown_command", Map.of());
          case Command.Malformed c -> throw refused(c.code(), Map.of("errors", c.errors()));
        };
    if (key != null) {
      remembered.put(key, result);
    }
    return result;
  }

  public static ErrorBody error(String code, boolean retryable, @Nullable Long after) {
    return new ErrorBody(code, "as told", Map.of(), retryable, after);
  }

  private static Refusal refused(String code, Map<String, Object> details) {
    return new Refusal(new ErrorBody(code, "no", details, false, null));
  }

  private Session session(UUID id) {
    Session session = sessions.get(id);
    if (session == null) {
      throw refused("upload_session.not_found", Map.of());
    }
    return session;
  }

  private Session uploading(UUID id) {
    Session session = session(id);
    return switch (session.status) {
      case "INITIATED", "UPLOADING" -> {
        session.status = "UPLOADING";
        yield session;
      }
      case "EXPIRED" -> throw refused("upload.expired", Map.of());
      default -> throw refused("upload.invalid_state", Map.of("current_status", session.status));
    };
  }

  private Result create(Command.CreateSession c) {
    UUID task = UUID.randomUUID();
    List<Result.UploadObject> objects = new ArrayList<>();
    for (Command.NewObject file : c.objects()) {
      objects.add(open(task, UUID.randomUUID(), file, c.presign()));
    }
    long total = c.objects().stream().mapToLong(Command.NewObject::fileSizeBytes).sum();
    return new Result.UploadTask(
        task, c.projectId(), "PENDING", objects.size(), total, now(), objects);
  }

  private Result.UploadObject open(
      UUID task, UUID object, Command.NewObject file, Command.@Nullable PresignFirst first) {
    Long asked = file.partSizeBytes();
    Session session =
        new Session(task, object, file, asked == null ? defaultPartSize : asked, now(), life);
    sessions.put(session.id, session);
    Result.Presigned urls =
        first == null
            ? null
            : presign(
                session,
                IntStream.rangeClosed(1, Math.min(first.first(), session.partCount()))
                    .boxed()
                    .toList());
    return new Result.UploadObject(
        object,
        UUID.randomUUID(),
        session.id,
        "PENDING",
        file.objectName(),
        "bucket",
        session.id.toString(),
        file.fileSizeBytes(),
        session.partSize,
        session.partCount(),
        session.expires,
        Duration.between(now(), session.expires).toSeconds(),
        null,
        urls);
  }

  private static List<Integer> parts(Command.PresignParts c) {
    return Optional.ofNullable(c.partNumbers()).orElse(List.of());
  }

  private Result.Presigned presign(Session session, List<Integer> parts) {
    String salt = "s" + ++signatures;
    return new Result.Presigned(
        session.id,
        "PUT",
        now().plus(urlLife),
        urlLife.toSeconds(),
        List.of(),
        store.urlTemplate(session.id.toString()),
        session.partSize,
        session.file.fileSizeBytes(),
        List.of(),
        parts.stream().collect(Collectors.toMap(p -> p, p -> salt + "-" + p)),
        null);
  }

  private Result acknowledge(Session session, Command.AcknowledgePart c) {
    return new Result.Acknowledged(session.id, c.parts().size(), stored(session).size());
  }

  private Map<Integer, LoopbackStore.Taken> stored(Session session) {
    return new TreeMap<>(store.parts(session.id.toString()));
  }

  private Result view(Session s) {
    int stored = stored(s).size();
    return new Result.Session(
        s.id,
        null,
        null,
        s.task,
        s.object,
        s.status,
        "bucket",
        s.id.toString(),
        s.file.objectName(),
        s.file.fileSizeBytes(),
        s.partSize,
        s.partCount(),
        stored,
        s.partCount() - stored,
        null,
        s.pauseReason,
        s.expires,
        s.created,
        s.updated,
        s.error);
  }

  private Result list(Session s) {
    Map<Integer, LoopbackStore.Taken> stored = stored(s);
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
        s.id,
        "reconcile",
        s.partCount(),
        stored.size(),
        List.of(),
        rows,
        ranges
            ? stored.keySet().stream().map(String::valueOf).collect(Collectors.joining(","))
            : null,
        null);
  }

  private Result pause(Session s, @Nullable String reason) {
    s.status = "PAUSED";
    s.pauseReason = reason;
    return new Result.Paused(s.id, s.status, now(), reason);
  }

  private Result resume(Session s) {
    s.status = "UPLOADING";
    return new Result.Resumed(s.id, s.status, now());
  }

  private Result abort(Session s) {
    if (s.status.equals("COMPLETED")) {
      throw refused("upload.invalid_state", Map.of("current_status", s.status));
    }
    s.status = "ABORTED";
    s.updated = now();
    return new Result.Aborted(s.id, s.status, now());
  }

  private Result extend(Session s, long seconds) {
    s.expires = (s.status.equals("EXPIRED") ? now() : s.expires).plusSeconds(seconds);
    s.status = "UPLOADING";
    return new Result.Extended(
        s.id, s.status, s.expires, Duration.between(now(), s.expires).toSeconds());
  }

  private Result retry(Command.RetryObject c) {
    Session old =
        sessions.values().stream()
            .filter(s -> s.object.equals(c.objectId()))
            .reduce((first, last) -> last)
            .orElseThrow(() -> refused("upload_object.not_found", Map.of()));
    return open(old.task, old.object, old.file, null);
  }

  private Result complete(Session s) {
    if (!s.status.equals("COMPLETED")) {
      uploading(s.id);
      List<Integer> missing =
          IntStream.rangeClosed(1, s.partCount())
              .filter(part -> !stored(s).containsKey(part))
              .boxed()
              .toList();
      if (!missing.isEmpty()) {
        throw refused("upload.missing_parts", Map.of("missing_part_numbers", missing));
      }
      s.status = "COMPLETED";
    }
    return new Result.Completed(
        s.id,
        s.status,
        "bucket",
        Objects.toString(s.id),
        s.file.fileSizeBytes(),
        "\"whole\"",
        now(),
        List.of());
  }
}
