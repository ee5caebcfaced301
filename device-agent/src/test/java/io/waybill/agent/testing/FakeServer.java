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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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

  private final LoopbackStore store;
  private final long defaultPartSize;
  private final Map<UUID, FakeSession> sessions = new LinkedHashMap<>();
  private final Map<String, Result> remembered = new HashMap<>();
  private final List<Command> asked = new CopyOnWriteArrayList<>();
  private Function<Command, Optional<ErrorBody>> script = command -> Optional.empty();
  private Duration life = Duration.ofDays(1);
  private Duration urlLife = Duration.ofMinutes(15);
  private Duration ahead = Duration.ZERO;
  private boolean ranges = true;
  private @Nullable String algorithm;
  private Function<String, @Nullable String> seals = session -> null;
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

  /** Wants this sum of every part. */
  public synchronized FakeServer wants(String sum) {
    algorithm = sum;
    return this;
  }

  /** Signs what is complete, from the session's id. */
  public synchronized FakeServer seals(Function<String, @Nullable String> now) {
    seals = now;
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
    FakeSession mine = session(UUID.fromString(session));
    mine.status = status;
    mine.updated = now();
  }

  /** As cleanup does: long after the session's end. */
  public synchronized void cleanUp(String session) {
    FakeSession mine = session(UUID.fromString(session));
    mine.status = "ABORTED";
    mine.expires = now().minusSeconds(7200);
    mine.updated = now();
  }

  public synchronized void fail(String session, String code) {
    FakeSession mine = session(UUID.fromString(session));
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
          case Command.GetStatus c -> session(c.sessionId()).view(store);
          case Command.ListParts c -> session(c.sessionId()).list(store, ranges);
          case Command.PauseUpload c -> pause(session(c.sessionId()), c.reason());
          case Command.ResumeUpload c -> resume(session(c.sessionId()));
          case Command.CompleteUpload c -> complete(session(c.sessionId()));
          case Command.AbortUpload c -> abort(session(c.sessionId()));
          case Command.ExtendUpload c -> extend(session(c.sessionId()), c.extendBySeconds());
          case Command.RetryObject c -> retry(c);
          case Command.RotateCredential c -> throw refused("mqtt.unknown_command", Map.of());
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

  private FakeSession session(UUID id) {
    FakeSession session = sessions.get(id);
    if (session == null) {
      throw refused("upload_session.not_found", Map.of());
    }
    return session;
  }

  private FakeSession uploading(UUID id) {
    FakeSession session = session(id);
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
    FakeSession session =
        new FakeSession(task, object, file, asked == null ? defaultPartSize : asked, now(), life);
    session.algorithm = algorithm;
    sessions.put(session.id, session);
    Result.Presigned urls =
        first == null || algorithm != null
            ? null
            : presign(
                session,
                IntStream.rangeClosed(1, Math.min(first.first(), session.partCount()))
                    .boxed()
                    .toList());
    return session.opened(now(), urls);
  }

  private static List<Integer> parts(Command.PresignParts c) {
    return Optional.ofNullable(c.partNumbers()).orElse(List.of());
  }

  private Result.Presigned presign(FakeSession session, List<Integer> parts) {
    return session.presigned(store, parts, "s" + ++signatures, now().plus(urlLife), urlLife);
  }

  private Result acknowledge(FakeSession session, Command.AcknowledgePart c) {
    return new Result.Acknowledged(session.id, c.parts().size(), session.stored(store).size());
  }

  private Result pause(FakeSession s, @Nullable String reason) {
    s.status = "PAUSED";
    s.pauseReason = reason;
    return new Result.Paused(s.id, s.status, now(), reason);
  }

  private Result resume(FakeSession s) {
    s.status = "UPLOADING";
    return new Result.Resumed(s.id, s.status, now());
  }

  private Result abort(FakeSession s) {
    if (s.status.equals("COMPLETED")) {
      throw refused("upload.invalid_state", Map.of("current_status", s.status));
    }
    s.status = "ABORTED";
    s.updated = now();
    return new Result.Aborted(s.id, s.status, now());
  }

  private Result extend(FakeSession s, long seconds) {
    s.expires = (s.status.equals("EXPIRED") ? now() : s.expires).plusSeconds(seconds);
    s.status = "UPLOADING";
    return new Result.Extended(
        s.id, s.status, s.expires, Duration.between(now(), s.expires).toSeconds());
  }

  private Result retry(Command.RetryObject c) {
    FakeSession old =
        sessions.values().stream()
            .filter(s -> s.object.equals(c.objectId()))
            .reduce((first, last) -> last)
            .orElseThrow(() -> refused("upload_object.not_found", Map.of()));
    return open(old.task, old.object, old.file, null);
  }

  private Result complete(FakeSession s) {
    if (!s.status.equals("COMPLETED")) {
      uploading(s.id);
      List<Integer> missing =
          IntStream.rangeClosed(1, s.partCount())
              .filter(part -> !s.stored(store).containsKey(part))
              .boxed()
              .toList();
      if (!missing.isEmpty()) {
        throw refused("upload.missing_parts", Map.of("missing_part_numbers", missing));
      }
      s.status = "COMPLETED";
    }
    return s.completed(now(), seals.apply(s.id.toString()));
  }
}
