Console.WriteLine("HotDash");
