package io.waybill.agent.cli;

import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Patience;
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

/** Runs uploads to their end, one after the other, and tells how they ended. */
final class Uploads {

  private static final Duration STALL = Duration.ofMinutes(2);

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

  ExitCode run(List<Manifest> manifests) throws IOException, InterruptedException {
    ProgressView view = new ProgressView(context.terminal(), transfer.progress());
    Patience patience = transfer.endless() ? Patience.ENDLESS : context.configuration().patience();
    ExitCode worst = ExitCode.DONE;
    List<UploadEnd> ends = new ArrayList<>();
    try (ControlPlane plane = server.open(context.configuration(), patience, view::waiting);
        PartStore store =
            new NettyPartStore(
                transfer.maxBytesPerSecond(), STALL, context.configuration().caFile())) {
      for (Manifest manifest : manifests) {
        if (!ours(manifest)) {
          worst = worst.worse(ExitCode.USAGE);
          continue;
        }
        Optional<UploadEnd> end = run(manifest, plane, store, view);
        if (end.isPresent()) {
          ends.add(end.get());
          worst = worst.worse(ExitCode.of(end.get().outcome()));
        } else {
          worst = worst.worse(ExitCode.USAGE);
        }
      }
    }
    if (transfer.json()) {
      context.terminal().out().println(Report.json(ends, worst));
    }
    return worst;
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

  private Optional<UploadEnd> run(
      Manifest planned, ControlPlane plane, PartStore store, ProgressView view)
      throws IOException, InterruptedException {
    Optional<SpoolLock> free = spool.lock(planned.uploadId());
    if (free.isEmpty()) {
      context.say("another process works on " + planned.uploadId() + "; see: waybill-agent status");
      return Optional.empty();
    }
    try {
      // What another process did until now is on disk.
      Manifest manifest = spool.read(planned.uploadId()).orElse(planned);
      UploadRun run =
          new UploadRun(
              manifest,
              new UploadRun.Place(
                  spool,
                  plane,
                  store,
                  step -> {
                    view.step(step);
                    context.listener().step(step);
                  }),
              transfer.settings());
      UploadEnd end = view.show(run);
      tell(end);
      return Optional.of(end);
    } finally {
      free.get().close();
    }
  }

  private void tell(UploadEnd end) {
    String why = end.unreachable() == null ? end.turnedAway() : end.unreachable();
    if (why != null) {
      context.say(
          why + "\nNothing is lost; go on with: waybill-agent resume " + end.manifest().uploadId());
    }
    if (!transfer.json()) {
      Report.lines(end).forEach(context.terminal().out()::println);
    }
  }
}
