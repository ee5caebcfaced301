package io.waybill.agent.cli;

import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Patience;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.Program;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.SpoolLock;
import io.waybill.agent.transfer.NettyPartStore;
import io.waybill.agent.transfer.PartStore;
import io.waybill.agent.upload.UploadEnd;
import io.waybill.agent.upload.UploadRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs uploads to their end, one after the other, and tells how they ended. */
final class Uploads {

  private static final Duration STALL = Duration.ofMinutes(2);

  /** What the server grants at most, unless its policy says otherwise. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(30);

  private final Context context;
  private final ServerOptions server;
  private final TransferOptions transfer;
  private final Spool spool;

  Uploads(Context context, ServerOptions server, TransferOptions transfer, Spool spool) {
    this.context = context;
    this.server = server;
    this.transfer = transfer;
    this.spool = spool;
  }

  /**
   * Runs them all; what stops one does not stop the others.
   *
   * @param leftOut what the command named and could not be taken
   * @param skipped what is stored already
   */
  ExitCode run(List<Manifest> manifests, List<Report.LeftOut> leftOut, List<Report.LeftOut> skipped)
      throws InterruptedException {
    Patience patience = transfer.endless() ? Patience.ENDLESS : context.configuration().patience();
    ProgressView view =
        new ProgressView(context.terminal(), transfer.progress(), patience.unreachable());
    ExitCode worst = leftOut.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
    List<UploadEnd> ends = new ArrayList<>();
    try (ControlPlane plane = server.open(context.configuration(), patience, view.voice())) {
      for (Manifest manifest : manifests) {
        Optional<UploadEnd> end =
            ours(manifest) ? followed(manifest, plane, view) : Optional.empty();
        end.ifPresent(ends::add);
        worst = worst.worse(end.map(UploadEnd::outcome).map(ExitCode::of).orElse(ExitCode.USAGE));
      }
    }
    if (transfer.json()) {
      context.terminal().out().println(Report.json(ends, leftOut, skipped, worst));
    }
    return worst;
  }

  /** By the daemon, when one runs; else, and when it ends, here. */
  private Optional<UploadEnd> followed(Manifest manifest, ControlPlane plane, ProgressView view)
      throws InterruptedException {
    try {
      Optional<UploadEnd> end = new Handover(context, spool).follow(manifest, transfer.endless());
      end.ifPresent(this::report);
      return end.isPresent() ? end : run(manifest, plane, view);
    } catch (IOException e) {
      return run(manifest, plane, view);
    }
  }

  /** Another device's upload would only be refused, and a refusal is for good. */
  private boolean ours(Manifest manifest) {
    Manifest.Owner owner = context.configuration().owner(manifest.projectId());
    boolean ours =
        owner.tenantId().equals(manifest.tenantId())
            && owner.deviceId().equals(manifest.deviceId());
    if (!ours) {
      context.say(
          manifest.uploadId()
              + " was begun as device "
              + manifest.deviceId()
              + " of tenant "
              + manifest.tenantId()
              + "; set WAYBILL_DEVICE_ID and WAYBILL_TENANT_ID to go on with it");
    }
    return ours;
  }

  private Optional<UploadEnd> run(Manifest planned, ControlPlane plane, ProgressView view)
      throws InterruptedException {
    String id = planned.uploadId();
    try {
      Optional<SpoolLock> free = spool.lock(id);
      if (free.isEmpty()) {
        context.say("another process works on " + id + "; see: " + Program.NAME + " status");
        return Optional.empty();
      }
      context.end().working("nothing is lost; go on with: " + Program.NAME + " resume " + id);
      try {
        // What another process did until now is on disk.
        Manifest manifest = spool.read(id).orElse(planned);
        Long limit = transfer.limit(manifest.maxBytesPerSecond());
        return Optional.of(
            work(manifest.withMaxBytesPerSecond(limit).withStanding(null), plane, view));
      } finally {
        context.end().resting();
        free.get().close();
      }
    } catch (IOException e) {
      context.say(
          id
              + " cannot be worked on now: "
              + DiskTrouble.words(e)
              + "; the state directory is "
              + spool.shown());
      return Optional.empty();
    }
  }

  private UploadEnd work(Manifest manifest, ControlPlane plane, ProgressView view)
      throws IOException, InterruptedException {
    Long limit = manifest.maxBytesPerSecond();
    warnOfLife(manifest);
    UploadEnd end;
    try (PartStore store =
        new NettyPartStore(limit == null ? 0 : limit, STALL, context.configuration().caFile())) {
      UploadRun.Place place =
          new UploadRun.Place(
              spool,
              plane,
              store,
              step -> {
                view.step(step);
                context.listener().step(step);
              });
      end = view.show(new UploadRun(manifest, place, transfer.settings()), spool, manifest);
    }
    tell(end);
    return end;
  }

  /** A limit that cannot work is said before a byte of it is spent. */
  private void warnOfLife(Manifest manifest) {
    Long limit = manifest.maxBytesPerSecond();
    long left = manifest.sizeBytes() - manifest.sentBytes();
    if (limit != null && !manifest.finished() && left / limit > LONGEST_LIFE.toSeconds()) {
      context.say(
          Human.bytes(left)
              + " take "
              + Human.time(Duration.ofSeconds(left / limit))
              + " at "
              + Human.bytes(limit)
              + "/s, and a server keeps an unfinished upload for "
              + LONGEST_LIFE.toDays()
              + " days at most, unless it was told otherwise: this one may end before it is whole");
    }
  }

  private void tell(UploadEnd end) {
    report(end);
    String why = why(end);
    if (why != null) {
      try {
        spool.save(end.manifest().withStanding(why));
      } catch (IOException e) {
        context.say("why it stands cannot be written down: " + DiskTrouble.words(e));
      }
    }
  }

  private static @Nullable String why(UploadEnd end) {
    return end.unreachable() == null ? end.turnedAway() : end.unreachable();
  }

  private void report(UploadEnd end) {
    String why = why(end);
    if (why != null) {
      context.say(why);
      context.say(
          "nothing is lost; go on with: " + Program.NAME + " resume " + end.manifest().uploadId());
    }
    if (!transfer.json()) {
      Report.lines(end).forEach(context.terminal()::print);
    }
  }
}
