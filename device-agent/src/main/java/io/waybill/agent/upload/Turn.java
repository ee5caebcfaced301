package io.waybill.agent.upload;

/**
 * Whether an upload may start parts now, or leaves the line to a more urgent one. Asked between
 * parts, on the upload's own thread: a part that has begun is finished.
 */
public interface Turn {

  /** For an upload that is alone. */
  Turn ALWAYS =
      new Turn() {
        @Override
        public boolean granted(boolean wants) {
          return true;
        }

        @Override
        public void taken() {}
      };

  /**
   * Whether a part may start, such as one that did not arrive and is tried again.
   *
   * @param wants whether less urgent uploads should wait for it: it has parts, and they arrive
   */
  boolean granted(boolean wants);

  /** A part has started. */
  void taken();
}
