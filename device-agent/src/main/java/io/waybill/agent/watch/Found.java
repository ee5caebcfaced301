package io.waybill.agent.watch;

import io.waybill.agent.spool.FileStamp;
import java.nio.file.Path;

/** A file that is whole, in the state in which it was found. */
public record Found(Path path, FileStamp stamp) {}
