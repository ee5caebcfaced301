package io.waybill.agent.upload;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.upload.UploadStep.Checking;

/** Looks in the background whether the file on this machine still is the one that was planned. */
final class FileLook {

  private final FileRun file;
  private final RunContext context;

  FileLook(FileRun file, RunContext context) {
    this.file = file;
    this.context = context;
  }

  /** 0 is the number of a look beside the road, while parts go on. */
  void compare(int number) {
    read(number, false);
  }

  /**
   * What was sent must have been the file at one moment. With a promised sum, the sums of the parts
   * show it; without one, the file is read once more.
   */
  void prove(int number) {
    FileEntry entry = file.entry();
    Integer promised = entry.checksumCrc32c();
    if (promised == null) {
      context.tell(new Checking(file.name(), entry.stamp().sizeBytes()));
      read(number, true);
    } else if (promised == file.ledger().sentSum()) {
      read(number, false);
    } else {
      var other = new FileCheck.Finding.Changed(FileCheck.PROMISED_OTHERS);
      file.happened(new Event.FileIs(number, other));
    }
  }

  private void read(int number, boolean thorough) {
    PartLedger mine = file.ledger();
    context.read(
        new FileCheck(file.entry(), mine, thorough)::find,
        finding -> {
          if (file.works(mine)) {
            if (finding instanceof FileCheck.Finding.Same(var now)) {
              file.seen(now);
            }
            file.happened(new Event.FileIs(number, finding));
          }
        });
  }
}
