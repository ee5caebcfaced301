package io.waybill.simulator;

import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.core.ErrorCode;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Through the HTTP API of one process, with a secret. */
record HttpRoad(Life life, String secret) implements Road {

  private static final Set<Wish.Goal> READS =
      EnumSet.of(
          Wish.Goal.LOOK,
          Wish.Goal.WATCH,
          Wish.Goal.TASK_LOOK,
          Wish.Goal.TASK_LIST,
          Wish.Goal.EVENTS);
  private static final Set<Wish.Goal> SAY_NOTHING =
      EnumSet.of(
          Wish.Goal.LOOK,
          Wish.Goal.WATCH,
          Wish.Goal.RETRY,
          Wish.Goal.TASK_PAUSE,
          Wish.Goal.TASK_RESUME,
          Wish.Goal.TASK_CANCEL,
          Wish.Goal.TASK_RETRY,
          Wish.Goal.TASK_LOOK,
          Wish.Goal.TASK_LIST,
          Wish.Goal.EVENTS);

  @Override
  public void send(Wish wish, Consumer<Heard> hears) {
    Replica to = life.anyReplica();
    HttpDoor.Caller caller = new HttpDoor.Caller(secret, wish.id(), wish.id());
    life.start(
        new Flight(
                wish.id(),
                wish.goal().name(),
                to,
                () -> to.http().ask(caller, method(wish), path(wish), body(wish)),
                end -> hears.accept(heard(wish, end)))
            .about(wish.about().known()));
  }

  private static String method(Wish wish) {
    return READS.contains(wish.goal()) ? "GET" : "POST";
  }

  private static String path(Wish wish) {
    Wish.About about = wish.about();
    String tasks = "/v1/projects/" + about.project() + "/upload-tasks";
    return switch (wish.goal()) {
      case CREATE -> tasks;
      case RETRY -> tasks + "/" + about.task() + "/objects/" + about.object() + "/retry";
      case PRESIGN -> upload(about.session(), "/parts/presign");
      case ACKNOWLEDGE -> upload(about.session(), "/parts/ack");
      case LOOK -> upload(about.session(), "/parts?source=reconcile");
      case EXTEND -> upload(about.session(), "/extend");
      case PAUSE -> upload(about.session(), "/pause");
      case RESUME -> upload(about.session(), "/resume");
      case COMPLETE -> upload(about.session(), "/complete");
      case ABORT -> upload(about.session(), "/abort");
      case WATCH -> upload(about.session(), "?reconcile=true");
      case TASK_PAUSE -> tasks + "/" + about.task() + "/pause";
      case TASK_RESUME -> tasks + "/" + about.task() + "/resume";
      case TASK_CANCEL -> tasks + "/" + about.task() + "/cancel";
      case TASK_RETRY -> tasks + "/" + about.task() + "/retry";
      case TASK_LOOK -> tasks + "/" + about.task();
      case TASK_LIST -> tasks;
      case EVENTS -> upload(about.session(), "/events");
      case REST -> throw new IllegalStateException("nothing is wanted any more");
    };
  }

  private static String upload(UUID session, String what) {
    return "/v1/uploads/" + session + what;
  }

  /** What MQTT says, less what the path says here, and less what is not said at all. */
  private static String body(Wish wish) {
    if (SAY_NOTHING.contains(wish.goal())) {
      return "";
    }
    ObjectNode said = Json.tree(wish.command());
    said.remove("session_id");
    said.remove("project_id");
    said.removeNulls();
    said.path("objects").forEach(object -> ((ObjectNode) object).removeNulls());
    return said.toString();
  }

  private static Heard heard(Wish wish, Flight.End end) {
    return switch (end) {
      case Flight.End.Answered(HttpAnswer answer) -> understood(wish, answer);
      case Flight.End.Answered(Object other) -> throw new Broken("no answer of HTTP: " + other);
      case Flight.End.Died(RuntimeException of) -> throw new Broken("a defect behind HTTP", of);
    };
  }

  private static Heard understood(Wish wish, HttpAnswer answer) {
    @Nullable ErrorCode refused = answer.error();
    if (refused == null) {
      return Heard.of(wish.goal(), body(answer));
    }
    String seconds = answer.headers().getOrDefault("Retry-After", "0");
    return new Heard.Refused(refused, Long.parseLong(seconds));
  }

  private static Heard.Reader body(HttpAnswer answer) {
    return switch (Json.parse(answer.body())) {
      case Parsed.Read<JsonNode>(JsonNode json) -> new Body(json);
      case Parsed.NotJson<JsonNode> _, Parsed.Invalid<JsonNode> _ ->
          throw new Broken("an answer of HTTP that is no JSON");
    };
  }

  /** A body, to be read as whatever it is. */
  private record Body(JsonNode json) implements Heard.Reader {

    @Override
    public <T> Parsed<T> as(Class<T> type) {
      return Json.convert(json, type);
    }
  }
}
