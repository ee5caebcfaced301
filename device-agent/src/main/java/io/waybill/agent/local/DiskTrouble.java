package io.waybill.agent.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What is the matter with a disk, in words. */
public final class DiskTrouble {

  private DiskTrouble() {}

  public static String words(IOException e) {
    String words =
        switch (e) {
          case AccessDeniedException denied -> "permission denied";
          case NoSuchFileException missing -> "it is not there";
          case NotDirectoryException other -> "it is not a directory";
          case FileAlreadyExistsException other -> "something else is in its place";
          case FileSystemException other when other.getReason() != null -> other.getReason();
          default -> String.valueOf(e.getMessage());
        };
    return Shown.line(words);
  }
}
