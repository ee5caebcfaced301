package io.waybill.agent.command;

import io.waybill.agent.socket.DaemonReply;
import io.waybill.agent.socket.DaemonRequest;
import io.waybill.wire.DeviceNotice.Result;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Everything that can be asked of this device. */
final class Errands {

  private final Obedience.Place place;
  private final UploadErrand uploads;
  private final ListErrand lists;
  private final SessionErrand sessions;

  Errands(Obedience.Place place, Function<DaemonRequest, DaemonReply> daemon) {
    this.place = place;
    this.uploads =
        new UploadErrand(place.spool(), place.owner(), place.roots(), InstantSource.system());
    this.lists = new ListErrand(place.roots());
    this.sessions = new SessionErrand(place.spool(), place.server(), daemon);
  }

  /** Does it, and answers what is to be said of it. */
  Result carryOut(Instruction asked) throws IOException, InterruptedException {
    try {
      Long left = asked.expiresInSeconds();
      if (left != null && left <= 0) {
        throw new RefusedException("command_expired", "it came too late");
      }
      return obey(asked);
    } catch (RefusedException e) {
      return Errand.rejected(asked.commandId(), e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException bug) {
      place.bug().accept(bug);
      return Errand.failed(
          asked.commandId(), "agent_fault", "a fault of the agent: " + bug, Map.of());
    }
  }

  private Result obey(Instruction asked)
      throws RefusedException, IOException, InterruptedException {
    return switch (asked.command()) {
      case "upload" -> uploads.begin(asked);
      case "list_files" -> lists.list(asked);
      case "pause" -> sessions.pause(asked);
      case "resume" -> sessions.resume(asked);
      case "abort" -> sessions.abort(asked);
      default ->
          throw new RefusedException(
              "command_unknown",
              RefusedException.shown(asked.command())
                  + " is none of: upload, list_files, pause, resume, abort");
    };
  }

  /** What came of something that was accepted, once it is over. */
  Optional<Result> outcome(UUID commandId) throws IOException {
    return uploads.outcome(commandId);
  }
}
