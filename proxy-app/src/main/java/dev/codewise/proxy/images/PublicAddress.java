package dev.codewise.proxy.images;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Which addresses are of the public internet, and of nobody's own network. */
final class PublicAddress {

    /** What is set aside for other purposes; what leads through IPv6 to an address of IPv4 counts as that, too. */
    private static final List<Block> NOT_PUBLIC = List.of(
            Block.of(8, 0),
            Block.of(8, 10),
            Block.of(10, 100, 64),
            Block.of(8, 127),
            Block.of(16, 169, 254),
            Block.of(12, 172, 16),
            Block.of(24, 192, 0, 0),
            Block.of(24, 192, 0, 2),
            Block.of(24, 192, 88, 99),
            Block.of(16, 192, 168),
            Block.of(15, 198, 18),
            Block.of(24, 198, 51, 100),
            Block.of(24, 203, 0, 113),
            Block.of(3, 224));

    private static final Block GLOBAL_UNICAST = Block.of(3, 0x20);

    private static final List<Block> NOT_PUBLIC_IPV6 = List.of(
            Block.of(23, 0x20, 0x01, 0x00),
            Block.of(32, 0x20, 0x01, 0x0d, 0xb8),
            Block.of(16, 0x20, 0x02),
            Block.of(20, 0x3f, 0xff, 0x00));

    private PublicAddress() {}

    private record Block(int bits, List<Integer> first) {

        private static Block of(int bits, Integer... first) {
            return new Block(bits, List.of(first));
        }

        private boolean holds(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                if (bitOf(address[bit / 8], bit) != bitOf(wanted(bit / 8), bit)) {
                    return false;
                }
            }
            return true;
        }

        private int wanted(int octet) {
            return octet < first.size() ? first.get(octet) : 0;
        }

        private static int bitOf(int octet, int bit) {
            return octet >> (7 - bit % 8) & 1;
        }
    }

    static boolean isPublic(InetAddress address) {
        byte[] octets = address.getAddress();
        return address instanceof Inet4Address
                ? isInNone(NOT_PUBLIC, octets)
                : GLOBAL_UNICAST.holds(octets) && isInNone(NOT_PUBLIC_IPV6, octets);
    }

    private static boolean isInNone(List<Block> forbidden, byte[] octets) {
        return forbidden.stream().noneMatch(block -> block.holds(octets));
    }
}
