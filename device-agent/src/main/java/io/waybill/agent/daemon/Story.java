package io.waybill.agent.daemon;

import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadListener;
import io.waybill.agent.upload.UploadStep;
import java.util.function.Consumer;

/** What a daemon writes into its log of what happens to files: the turns, not every part. */
record Story(Consumer<String> say, UploadListener next) implements UploadListener {

  @Override
  public void step(UploadStep step) {
    String words =
        switch (step) {
          case UploadStep.Completed done -> "stored as " + done.bucket() + "/" + done.objectKey();
          case UploadStep.Ended ended ->
              ended.state().name().toLowerCase(java.util.Locale.ROOT) + ": " + ended.reason();
          case UploadStep.Waiting(String file, String reason, var again) ->
              "waits: " + new Waiting(reason, again).inWords();
          case UploadStep.Restarted(String file, String reason, String session) ->
              reason + "; started over";
          case UploadStep.Warned(String file, String text) -> text;
          case UploadStep.Opened _,
              UploadStep.Reconciled _,
              UploadStep.Presigned _,
              UploadStep.Stored _,
              UploadStep.Again _,
              UploadStep.Acknowledged _,
              UploadStep.Checking _,
              UploadStep.GoesOn _,
              UploadStep.Extended _ ->
              null;
        };
    if (words != null) {
      say.accept(step.file() + ": " + words);
    }
    next.step(step);
  }
}
