package io.waybill.agent.upload;

/** Hears of every step; called on the upload's own thread, which must not be held up. */
@FunctionalInterface
public interface UploadListener {
  void step(UploadStep step);
}
