package io.waybill.agent.http;

import io.waybill.agent.control.Question;
import io.waybill.wire.Command;
import io.waybill.wire.Command.AbortUpload;
import io.waybill.wire.Command.AcknowledgePart;
import io.waybill.wire.Command.CompleteUpload;
import io.waybill.wire.Command.CreateSession;
import io.waybill.wire.Command.Describe;
import io.waybill.wire.Command.ExtendUpload;
import io.waybill.wire.Command.GetStatus;
import io.waybill.wire.Command.ListParts;
import io.waybill.wire.Command.Malformed;
import io.waybill.wire.Command.PauseUpload;
import io.waybill.wire.Command.PresignParts;
import io.waybill.wire.Command.ResumeUpload;
import io.waybill.wire.Command.RetryObject;
import io.waybill.wire.Command.RotateCredential;
import io.waybill.wire.Payloads;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Where a command goes over HTTP: the one table between commands and paths. */
record Route(String method, String path, Optional<byte[]> body) {

  static Route of(Question<?> question) {
    String project = "/v1/projects/" + question.projectId();
    return switch (question.command()) {
      case CreateSession c -> post("/v1/projects/" + c.projectId() + "/upload-tasks", c);
      case PresignParts c -> post(session(c.sessionId()) + "/parts/presign", c);
      case AcknowledgePart c -> post(session(c.sessionId()) + "/parts/ack", c);
      case GetStatus c -> get(session(c.sessionId()));
      case ListParts c -> get(session(c.sessionId()) + "/parts" + query(c));
      case PauseUpload c -> post(session(c.sessionId()) + "/pause", c);
      case ResumeUpload c -> post(session(c.sessionId()) + "/resume", c);
      case CompleteUpload c -> post(session(c.sessionId()) + "/complete", c);
      case AbortUpload c -> post(session(c.sessionId()) + "/abort", c);
      case ExtendUpload c -> post(session(c.sessionId()) + "/extend", c);
      case RetryObject c ->
          post(project + "/upload-tasks/" + c.taskId() + "/objects/" + c.objectId() + "/retry", c);
      case RotateCredential c ->
          throw new IllegalArgumentException("a device asks for a credential over MQTT");
      case Describe c -> get("/v1/describe");
      case Malformed c -> throw new IllegalArgumentException("nobody asks " + c.code());
    };
  }

  private static String session(UUID id) {
    return "/v1/uploads/" + id;
  }

  /** Without the encoding: over HTTP parts are always rows, and an unknown name is refused. */
  private static String query(ListParts command) {
    StringBuilder query = new StringBuilder("?source=").append(command.source());
    if (command.limit() != null) {
      query.append("&limit=").append(command.limit());
    }
    String cursor = command.cursor();
    if (cursor != null) {
      query.append("&cursor=").append(URLEncoder.encode(cursor, StandardCharsets.UTF_8));
    }
    return query.toString();
  }

  static Route get(String path) {
    return new Route("GET", path, Optional.empty());
  }

  private static Route post(String path, Command command) {
    return new Route("POST", path, Optional.of(Payloads.httpBody(command)));
  }
}
