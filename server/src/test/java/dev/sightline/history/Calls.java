package dev.sightline.history;

import dev.sightline.history.Call.Asked;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Calls from one process to another. */
final class Calls {
  private static final int ANSWERED = 1;
  private static final int FAILED = 2;
  private static final int BROKEN = 3;

  private Calls() {}

  static void write(Call call, DataOutputStream out) throws IOException {
    out.writeByte(ANSWERED);
    out.writeInt(call.client());
    out.writeInt(call.organization());
    out.writeLong(call.begun());
    out.writeLong(call.received());
    out.writeByte(call.asked().ordinal());
    write(call.floor(), out);
    write(call.named(), out);
    write(call.position(), out);
    out.writeBoolean(call.heldFor());
    out.writeInt(call.listed());
    out.writeInt(call.items().length);
    for (long item : call.items()) {
      out.writeLong(item);
    }
  }

  static void writeFailed(long begun, long received, String why, DataOutputStream out)
      throws IOException {
    out.writeByte(FAILED);
    out.writeLong(begun);
    out.writeLong(received);
    out.writeUTF(why);
  }

  static void writeBroken(String what, DataOutputStream out) throws IOException {
    out.writeByte(BROKEN);
    out.writeUTF(what);
  }

  private static void write(Token token, DataOutputStream out) throws IOException {
    out.writeLong(token.revision());
    out.writeLong(token.endedThrough());
    out.writeLong(token.hash());
  }

  /** Hands on the next of what was written; false at the end. */
  static boolean read(DataInputStream in, Asker.Sink to) throws IOException {
    switch (in.read()) {
      case ANSWERED -> to.answered(call(in));
      case FAILED -> to.failed(in.readLong(), in.readLong(), in.readUTF());
      case BROKEN -> to.broken(in.readUTF());
      case -1 -> {
        return false;
      }
      default -> throw new IOException("this is no call");
    }
    return true;
  }

  private static Call call(DataInputStream in) throws IOException {
    return new Call(
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        Asked.values()[in.readByte()],
        token(in),
        token(in),
        token(in),
        in.readBoolean(),
        in.readInt(),
        items(in));
  }

  private static long[] items(DataInputStream in) throws IOException {
    long[] items = new long[in.readInt()];
    for (int i = 0; i < items.length; i++) {
      items[i] = in.readLong();
    }
    return items;
  }

  private static Token token(DataInputStream in) throws IOException {
    return new Token(in.readLong(), in.readLong(), in.readLong());
  }
}
